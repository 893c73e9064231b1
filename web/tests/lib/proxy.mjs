// A way to a server of a journey's own on which answers can be changed: a new version of the client, say.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { ownServer } from './server.mjs';

/** `change(path, body)` answers with another body, or with nothing. The server is told the proxy's address. */
export async function changedServer(change, settings = {}) {
  const proxy = createServer();
  await new Promise((done) => proxy.listen(0, '127.0.0.1', done));
  const { port } = proxy.address();
  const server = await ownServer({
    ...settings,
    FLUXER_CONFIG__DOMAIN__BASE_DOMAIN: '127.0.0.1',
    FLUXER_CONFIG__DOMAIN__PUBLIC_PORT: String(port),
  });
  const { hostname, port: behind } = new URL(server.origin);
  proxy.on('request', (incoming, outgoing) => {
    const headers = { ...incoming.headers };
    // What is changed must come, and not packed.
    if (change(incoming.url, '') !== undefined) {
      headers['accept-encoding'] = 'identity';
      delete headers['if-none-match'];
    }
    const forward = request(
      { hostname, port: behind, method: incoming.method, path: incoming.url, headers },
      async (answer) => {
        const changed = change(incoming.url, '') !== undefined;
        if (!changed) {
          outgoing.writeHead(answer.statusCode, answer.headers);
          return answer.pipe(outgoing);
        }
        const parts = [];
        for await (const part of answer) parts.push(part);
        const body = change(incoming.url, Buffer.concat(parts).toString());
        const { 'content-length': _, etag: __, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode, rest);
        outgoing.end(body);
      },
    );
    forward.on('error', () => outgoing.destroy());
    incoming.pipe(forward);
  });
  proxy.on('upgrade', (incoming, socket, head) => {
    const to = connect(Number(behind), hostname, () => {
      const lines = incoming.rawHeaders.reduce((all, part, i) => all + part + (i % 2 ? '\r\n' : ': '), '');
      to.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines}\r\n`);
      to.write(head);
      socket.pipe(to).pipe(socket);
    });
    const cut = () => [socket, to].map((end) => end.destroy());
    for (const end of [socket, to]) end.on('error', cut);
  });
  return {
    ...server,
    origin: `http://127.0.0.1:${port}`,
    api: `http://127.0.0.1:${port}/api`,
    stop: server.stop,
    async end() {
      proxy.closeAllConnections();
      proxy.close();
      await server.end();
    },
  };
}
