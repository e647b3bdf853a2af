/** Headers with the key or token that the caller typed into the page's field; the page has the field where the service asks for one. */
export function credentialHeaders(): Record<string, string> {
  const field = document.querySelector<HTMLInputElement>("#credential");
  const { header, scheme = "" } = field?.dataset ?? {};
  const text = field?.value.trim();
  return header && text ? { [header]: scheme + text } : {};
}

/** A header carries no typographic quotation marks, which a key may get on its way through a message. */
export function isSendable(headers: Record<string, string>): boolean {
  try {
    new Headers(headers);
    return true;
  } catch {
    return false;
  }
}
