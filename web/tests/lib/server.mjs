// The server under test, and servers of a journey's own that can be stopped and started again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './wait.mjs';

/** The API's base, as scripts/with-server tells it. */
export const API = process.env.FLUXER_TEST_URL ?? 'http://127.0.0.1:8080/api';
export const ORIGIN = API.replace(/\/api$/, '');

const freePort = (host) =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** A server that belongs to one journey. Its data lives until `end`. */
export async function ownServer(settings = {}) {
  const host = new URL(ORIGIN).hostname;
  const port = await freePort(host);
  const folder = await mkdtemp(join(tmpdir(), 'fluxer-journey-'));
  const env = {
    FLUXER_CONFIG__ENV: 'test',
    FLUXER_CONFIG__DEV__TEST_MODE_ENABLED: 'true',
    FLUXER_CONFIG__DEV__RELAX_REGISTRATION_RATE_LIMITS: 'true',
    FLUXER_CONFIG__SERVICES__SERVER__HOST: host,
    FLUXER_CONFIG__SERVICES__SERVER__PORT: String(port),
    FLUXER_CONFIG__DOMAIN__BASE_DOMAIN: host,
    FLUXER_CONFIG__DOMAIN__PUBLIC_PORT: String(port),
    ...process.env,
    ...settings,
  };
  const origin = `http://${host}:${port}`;
  let process_;
  const server = {
    origin,
    api: `${origin}/api`,
    async start() {
      const bin = process.env.FLUXER_TEST_BIN;
      process_ = spawn(bin, ['serve', '--host', host, '--port', String(port), '--data', folder], {
        env,
        stdio: 'ignore',
      });
      await eventually('the server answers', async () => (await fetch(`${origin}/_health`)).ok, 60_000);
    },
    /** With `hard` as loss of power would. */
    async stop(hard = false) {
      if (!process_ || process_.exitCode !== null) return;
      const gone = new Promise((resolve) => process_.once('exit', resolve));
      process_.kill(hard ? 'SIGKILL' : 'SIGTERM');
      await gone;
    },
    async end() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
