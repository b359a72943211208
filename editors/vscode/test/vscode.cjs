// A stand-in for the module `vscode`, as much of it as the language client touches: one open document, and what is told of it.
'use strict';

const { pathToFileURL, fileURLToPath } = require('node:url');

class Disposable {
  constructor(/** @type {() => void} */ dispose) { this.dispose = dispose ?? (() => {}); }
  static from() { return new Disposable(() => {}); }
}

class EventEmitter {
  listeners = new Set();
  event = (/** @type {Function} */ listener, /** @type {unknown} */ self) => {
    const bound = listener.bind(self);
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(/** @type {unknown} */ event) { for (const each of this.listeners) each(event); }
  dispose() { this.listeners.clear(); }
}

class CancellationTokenSource {
  emitter = new EventEmitter();
  token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel() { this.token.isCancellationRequested = true; this.emitter.fire(undefined); }
  dispose() { this.emitter.dispose(); }
}

class Uri {
  constructor(/** @type {string} */ text) {
    this.text = text;
    this.scheme = text.split(':')[0];
    this.fsPath = this.scheme === 'file' ? fileURLToPath(text) : text;
    this.path = this.fsPath;
  }
  static parse(/** @type {string} */ text) { return new Uri(text); }
  static file(/** @type {string} */ path) { return new Uri(pathToFileURL(path).href); }
  toString() { return this.text; }
}

class Position { constructor(line, character) { Object.assign(this, { line, character }); } }
class Range {
  constructor(...ends) {
    const [start, end] = ends.length === 4 ? [new Position(ends[0], ends[1]), new Position(ends[2], ends[3])] : ends;
    Object.assign(this, { start, end });
  }
}
class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } }

/** Whatever else is named: a class with members of any name, or a function that gives something to dispose of. */
const anything = (name) => /^[A-Z]/.test(name)
  ? new Proxy(class { constructor(...given) { this.given = given; } }, { get: (of, key) => (key in of ? of[key] : key) })
  : () => new Disposable();
const open = (own) => new Proxy(own, { get: (of, key) => (key in of || typeof key === 'symbol' ? of[key] : anything(key)) });

/**
 * @param {{folder: string, path: string, text: string, settings: Record<string, unknown>}} given
 * @returns what the extension sees as `vscode`, the `told` diagnostics, and the `commands` that it registers
 */
function stand_in({ folder, path, text, settings }) {
  const told = new EventEmitter();
  const messages = [];
  const commands = new Map();
  const document = {
    uri: Uri.file(path), languageId: 'yaml', version: 1, fileName: path, isClosed: false, getText: () => text,
  };
  const log = () => {};
  const event = new EventEmitter().event;
  const output = {
    logLevel: 1, onDidChangeLogLevel: event, appendLine: log, append: log, show: log, dispose: log, trace: log, debug: log, info: log, warn: log,
    error: console.error,
  };
  const events = (own) => new Proxy(own, {
    get: (of, key) => (key in of || typeof key === 'symbol' ? of[key] : /^on(Did|Will)/.test(key) ? event : anything(key)),
  });
  const vscode = open({
    Disposable, EventEmitter, CancellationTokenSource, Uri, Position, Range, Diagnostic, version: '1.91.0',
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    env: { language: 'en', appName: 'stand-in' },
    workspace: events({
      textDocuments: [document],
      notebookDocuments: [],
      workspaceFolders: [{ uri: Uri.file(folder), name: 'folder', index: 0 }],
      getWorkspaceFolder: () => undefined,
      getConfiguration: () => ({ get: (name, otherwise) => settings[name] ?? otherwise }),
      createFileSystemWatcher: () => ({ onDidCreate: event, onDidChange: event, onDidDelete: event, dispose: log }),
      fs: {},
    }),
    window: events({
      createOutputChannel: () => output,
      visibleTextEditors: [],
      tabGroups: events({ all: [] }),
      showErrorMessage: async (message) => { messages.push(message); },
    }),
    languages: events({
      match: () => 10,
      createDiagnosticCollection: () => ({
        set: (uri, found) => told.fire({ uri, found }), delete: log, clear: log, dispose: log, has: () => false, get: () => [],
      }),
    }),
    commands: { registerCommand: (name, run) => { commands.set(name, run); return new Disposable(); }, executeCommand: async () => {} },
    extensions: { getExtension: () => undefined },
  });
  return { vscode, told, messages, commands };
}

module.exports = { stand_in };
