// Writes src/api/{schemas,routes}.ts from a server's OpenAPI document: `node scripts/api.mjs URL-or-file [--check]`.
// Only what the client needs stays: the objects that are sent, and of each operation its query, body and answer.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const [source, check] = process.argv.slice(2);
if (!source) {
  console.error('usage: node scripts/api.mjs URL-or-file [--check]');
  process.exit(2);
}
const text = /^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, 'utf8');
const document = JSON.parse(text);
const all = document.components.schemas;
const wanted = {};

/** Takes a schema over, with all that it refers to. */
function want(schema) {
  JSON.stringify(schema, (key, value) => {
    const name = key === '$ref' && value.replace('#/components/schemas/', '');
    if (name && !(name in wanted)) {
      wanted[name] = all[name];
      want(all[name]);
    }
    return value;
  });
}

/** The type of a schema; one without a name gets the given one. */
function type(schema, name) {
  if (!schema) return 'undefined';
  want(schema);
  if (schema.$ref) return `S['${schema.$ref.replace('#/components/schemas/', '')}']`;
  wanted[name] = schema;
  return `S['${name}']`;
}

const content = (of) => Object.values(of?.content ?? {})[0]?.schema;

function query(parameters = [], name) {
  const own = parameters.filter((parameter) => parameter.in === 'query');
  if (own.length === 0) return 'undefined';
  const properties = Object.fromEntries(
    own.map(({ name, schema, description }) => [name, { description, ...schema }]),
  );
  return type(
    { type: 'object', properties, required: own.filter((one) => one.required).map((one) => one.name) },
    name,
  );
}

const routes = [];
for (const [path, operations] of Object.entries(document.paths)) {
  for (const [verb, operation] of Object.entries(operations)) {
    const { operationId: id, parameters, requestBody, responses } = operation;
    const success = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
    const parts = [
      `query: ${query(parameters, `${id} query`)}`,
      `body: ${type(content(requestBody), `${id} body`)}`,
      `answer: ${type(content(success), `${id} answer`)}`,
    ];
    routes.push(`  '${verb.toUpperCase()} ${path}': { ${parts.join('; ')} };`);
  }
}

const made = "// Made by scripts/api.mjs from the server's OpenAPI document; do not edit.\n";
// Notes of the form of a string would double the file and say nothing to the compiler.
const plain = JSON.parse(JSON.stringify(wanted, (key, value) => (key === 'format' ? undefined : value)));
const schemas = await openapiTS(
  { openapi: document.openapi, info: document.info, paths: {}, components: { schemas: plain } },
  { alphabetize: true, emptyObjectsUnknown: true, rootTypes: false, defaultNonNullable: false },
);
const [, fields] = /\n {4}schemas: \{\n([\s\S]*?)\n {4}\};/.exec(astToString(schemas));
const body = fields.replace(/^ {4}/gm, '').replaceAll('components["schemas"]', 'Schemas');
const files = {
  'schemas.ts': `${made}export interface Schemas {\n${body}\n}\n`,
  'routes.ts': `${made}import type { Schemas as S } from './schemas';\n\nexport interface Routes {\n${routes.sort().join('\n')}\n}\n`,
};
for (const [name, wanted] of Object.entries(files)) {
  const target = new URL(`../src/api/${name}`, import.meta.url);
  if (!check) await writeFile(target, wanted);
  else if ((await readFile(target, 'utf8')) !== wanted) {
    console.error(`src/api/${name} is not what the server describes; run \`make web-api\``);
    process.exit(1);
  }
}
