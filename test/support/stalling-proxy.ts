import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface StallingProxy {
  /** http://127.0.0.1:port */
  url: string;
  /** From now on it takes connections and bytes and passes nothing on, as a server does that hangs. */
  stall(): void;
  stop(): void;
}

/** Stands before an HTTP server and passes every byte on, until it is told to stall. */
export async function startStallingProxy(target: string): Promise<StallingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isStalled = false;
  const server = createServer((client) => {
    keep(client);
    if (isStalled) return;
    const upstream = keep(connect(Number(port), hostname));
    client.pipe(upstream).pipe(client);
  });
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stall() {
      isStalled = true;
      for (const socket of sockets) socket.unpipe();
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
