export interface Credentials {
  username?: string | undefined;
  password?: string | undefined;
  /** Bearer token; used when there is no username. */
  token?: string | undefined;
}

/** Value of the `Authorization` header; as in the Python client, basic credentials win over a token. */
export function renderAuthorization({ username, password, token }: Credentials): string | undefined {
  if (username !== undefined && password !== undefined) {
    return `Basic ${Buffer.from(`${username}:${password}`, "utf8").toString("base64")}`;
  }
  return token === undefined ? undefined : `Bearer ${token}`;
}
