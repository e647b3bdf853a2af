/** What the caller typed into the page's field for a key or a token; the field is there where the service asks for one. */
export function credentialHeaders(): Record<string, string> {
  const field = document.querySelector<HTMLInputElement>("#credential");
  const { header, scheme = "" } = field?.dataset ?? {};
  const text = field?.value.trim();
  return header && text ? { [header]: scheme + text } : {};
}
