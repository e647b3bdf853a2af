export interface Credentials {
  username?: string | undefined;
  password?: string | undefined;
  /** Bearer token; used when there is no username. */
  token?: string | undefined;
}

/** Value of the `Authorization` header. As in the Python client, basic credentials take precedence over a token. */
export function renderAuthorization({ username, password, token }: Credentials): string | undefined {
  if (username !== undefined && password !== undefined) {
    return `Basic ${encodeBase64(`${username}:${password}`)}`;
  }
  return token === undefined ? undefined : `Bearer ${token}`;
}

function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
