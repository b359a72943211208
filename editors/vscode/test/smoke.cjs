// The bundled extension starts the real server and shows what it finds, without VS Code.
// WA_IAC_COMMAND is the server's command as a JSON list; ["wa-iac", "lsp"] by default.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const Module = require('node:module');
const os = require('node:os');
const path = require('node:path');
const { stand_in } = require('./vscode.cjs');

const TEXT = 'Resources:\n  "🪣": {Type: AWS::S3::Bucket, Properties: {Tags: [{Key: Name, Value: records}]}}\n';

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wa-iac-'));
  const file = path.join(folder, 'bucket.yaml');
  fs.writeFileSync(file, TEXT);
  const command = JSON.parse(process.env.WA_IAC_COMMAND ?? '["wa-iac", "lsp"]');
  const { vscode, told, messages, commands } = stand_in({ folder, path: file, text: TEXT, settings: { command } });
  const load = Module._load;
  Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));
  const extension = require('../dist/extension.js');
  const context = { subscriptions: [] };
  try {
    const first = new Promise((resolve) => told.event(resolve));
    await extension.activate(context);
    const { uri, found } = await first;
    assert.strictEqual(uri.fsPath, file);
    const seen = found.map((each) => `${each.range.start.line}:${each.range.start.character} ${each.code.value ?? each.code}`).sort();
    assert.deepStrictEqual(seen, ['1:2 s3-versioning']);

    const again = new Promise((resolve) => told.event(resolve));
    await commands.get('wa-iac.restart')();
    assert.strictEqual((await again).uri.fsPath, file);
    assert.deepStrictEqual(messages, []);
  } finally {
    await extension.deactivate();
    for (const each of context.subscriptions) each.dispose();
    fs.rmSync(folder, { recursive: true });
  }
  console.log('the bundled extension showed what the server found');
}

const patience = setTimeout(() => { console.error('waited in vain'); process.exit(1); }, 60_000);
main().then(() => clearTimeout(patience), (error) => { console.error(error); process.exit(1); });
