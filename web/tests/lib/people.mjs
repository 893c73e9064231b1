// People and places made through the API, for journeys that begin after the sign-in.
import { API } from './server.mjs';
import { eventually } from './wait.mjs';

let count = 0;
/** A word that nobody else in this run uses. */
export const unique = (word = 'w') =>
  `${word}${process.pid.toString(36)}${(count++).toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;

export class Person {
  constructor(api, fields) {
    Object.assign(this, fields);
    this.base = api;
  }

  /** A request in the person's name; throws what the server refuses. */
  async call(method, path, body, headers = {}) {
    const json = body !== undefined && !(body instanceof FormData);
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        ...(this.token ? { authorization: this.token } : {}),
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      body: json ? JSON.stringify(body) : body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }
  get = (path) => this.call('GET', path);
  post = (path, body = {}) => this.call('POST', path, body);
  put = (path, body = {}) => this.call('PUT', path, body);
  patch = (path, body) => this.call('PATCH', path, body);
  delete = (path) => this.call('DELETE', path);

  /** Sends a text and answers with the message. */
  say = (channel, content, more = {}) => this.post(`/channels/${channel}/messages`, { content, ...more });
  /** Makes a community; `general` is its first text channel. */
  async guild(name = unique('Place ')) {
    const guild = await this.post('/guilds', { name });
    const channels = await this.get(`/guilds/${guild.id}/channels`);
    return { ...guild, channels, general: channels.find((channel) => channel.type === 0) };
  }
  invite = (channel, options = {}) => this.post(`/channels/${channel}/invites`, { max_age: 0, ...options });
  async join(code) {
    return this.post(`/invites/${code}`);
  }
  async befriend(other) {
    await this.post(`/users/@me/relationships/${other.id}`, {});
    await other.put(`/users/@me/relationships/${this.id}`, {});
  }
  dm = (other) => this.post('/users/@me/channels', { recipient_id: other.id });
}

export const anybody = (api = API) => new Person(api, {});

/** Registers an account that may send at once. */
export async function person(
  name = 'Ada',
  { api = API, invite, username = unique('user'), born = '1990-05-05', headers = {} } = {},
) {
  const email = `${unique('mail')}@example.com`;
  const password = `correct horse ${unique('battery')}`;
  const answer = await anybody(api).call(
    'POST',
    '/auth/register',
    {
      consent: true,
      date_of_birth: born,
      email,
      password,
      global_name: name,
      username,
      ...(invite ? { invite_code: invite } : {}),
    },
    headers,
  );
  const made = new Person(api, { token: answer.token, id: answer.user_id, email, password, name });
  // Sending needs a session that once was started.
  await anybody(api).patch(`/test/users/${made.id}/flags`, { flags: '549755813888' });
  await anybody(api).post(`/test/users/${made.id}/security-flags`, { email_verified: true });
  return made;
}

/** The newest letter of a kind to an address. */
export const letter = (email, type, api = API) =>
  eventually(`a letter ${type} to ${email}`, async () => {
    const { emails } = await anybody(api).get(`/test/emails?recipient=${encodeURIComponent(email)}`);
    return emails.filter((mail) => mail.type === type).at(-1)?.metadata;
  });
