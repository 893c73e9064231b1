// Writes src/api/schema.ts from a server's OpenAPI document: `node scripts/api.mjs URL-or-file [--check]`.
// Only what the client needs stays: the schemas, and of each operation its parameters, body and success.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const target = new URL('../src/api/schema.ts', import.meta.url);
const [source, check] = process.argv.slice(2);
if (!source) {
  console.error('usage: node scripts/api.mjs URL-or-file [--check]');
  process.exit(2);
}
const text = /^https?:/.test(source) ? await (await fetch(source)).text() : await readFile(source, 'utf8');
const document = JSON.parse(text);
for (const path of Object.values(document.paths)) {
  for (const operation of Object.values(path)) {
    if (typeof operation !== 'object' || !operation.responses) continue;
    operation.responses = Object.fromEntries(
      Object.entries(operation.responses).filter(([status]) => status.startsWith('2')),
    );
    delete operation.description;
  }
}
const header = `// Made by scripts/api.mjs from the server's OpenAPI document; do not edit.\n`;
const types =
  header + astToString(await openapiTS(document, { alphabetize: true, emptyObjectsUnknown: true }));
if (check) {
  if ((await readFile(target, 'utf8')) !== types) {
    console.error('src/api/schema.ts is not what the server describes; run `make web-api`');
    process.exit(1);
  }
} else {
  await writeFile(target, types);
}
