// A thin client: it starts `wa-iac lsp` and hands everything else to the language client.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

/** Templates are found by their content, so YAML and JSON of any name are sent; the server ignores files of other kinds. */
const LANGUAGES = ['terraform', 'terraform-vars', 'opentofu', 'opentofu-vars', 'hcl', 'yaml', 'json', 'jsonc', 'cloudformation'];
const PATTERN = '**/*.{tf,tofu,tfvars,template}';

/** @type {LanguageClient | undefined} */
let client;

/** @param {vscode.LogOutputChannel} output */
async function start(output) {
  const settings = vscode.workspace.getConfiguration('wa-iac');
  const [command, ...args] = /** @type {string[]} */ (settings.get('command', ['wa-iac', 'lsp']));
  if (!command) {
    void vscode.window.showErrorMessage('wa-iac: the setting wa-iac.command is empty');
    return;
  }
  client = new LanguageClient('wa-iac', 'wa-iac', { command, args }, {
    documentSelector: [...LANGUAGES.map((language) => ({ scheme: 'file', language })), { scheme: 'file', pattern: PATTERN }],
    initializationOptions: { showUnknown: settings.get('showUnknown', false) },
    synchronize: { configurationSection: 'wa-iac' },
    outputChannel: output,
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    void vscode.window.showErrorMessage(
      `wa-iac: ${command} cannot be started: pip install 'wa-iac[lsp]', or set wa-iac.command (${error})`,
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const output = vscode.window.createOutputChannel('wa-iac', { log: true });
  const restart = async () => {
    await stop();
    await start(output);
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand('wa-iac.restart', restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('wa-iac.command')) await restart();
    }),
  );
  await start(output);
}

module.exports = { activate, deactivate: stop };
