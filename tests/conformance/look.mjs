// Reads BPMN files as the bpmn.io family does. Usage: node look.mjs PACKAGES FILE...
// Prints JSON: for each file the findings of bpmnlint's recommended rules, the reader's warnings, and the file as it is saved again.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [packages, ...files] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const { default: Linter } = await import(pathToFileURL(require.resolve('bpmnlint/lib/linter.js')));
const { default: NodeResolver } = await import(pathToFileURL(require.resolve('bpmnlint/lib/resolver/node-resolver.js')));
const { BpmnModdle } = await import(pathToFileURL(join(packages, 'node_modules/bpmn-moddle/dist/index.js')));
const config = { extends: 'bpmnlint:recommended' };

const found = {};
for (const file of files) {
  const moddle = new BpmnModdle();
  const { rootElement, warnings } = await moddle.fromXML(readFileSync(file, 'utf8'));
  // A linter remembers what it saw: each file has its own.
  const reports = await new Linter({ config, resolver: new NodeResolver({ require }) }).lint(rootElement);
  const { xml } = await moddle.toXML(rootElement, { format: true });
  found[file] = {
    warnings: warnings.map(one => one.message),
    findings: Object.entries(reports).flatMap(([rule, all]) => all.map(one => `${rule}: ${one.id}: ${one.message}`)),
    saved: xml
  };
}
process.stdout.write(JSON.stringify(found));
