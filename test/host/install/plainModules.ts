/**
 * Plain JavaScript for two modules of the server that npm delivers as C++ sources only. They are written into the
 * unpacked server as they stand here. Without the first every LogOutputChannel stays empty, and a test that looks for
 * secrets in the log would pass for nothing.
 */
const spdlog = `'use strict';
const fs = require('node:fs');
const path = require('node:path');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
let commonLevel = 2;

class Logger {
  constructor(loggerType, name, filename) {
    this.filename = filename;
    this.level = commonLevel;
    this.plain = false;
    fs.mkdirSync(path.dirname(filename), { recursive: true });
    fs.appendFileSync(filename, '');
  }
  write(level, message) {
    if (level < this.level) return;
    const head = this.plain ? '' : new Date().toISOString().replace('T', ' ').replace('Z', '') + ' [' + levels[level] + '] ';
    try {
      fs.appendFileSync(this.filename, head + message + (this.plain ? '' : '\\n'));
    } catch {
      // The log folder of a window that is closing may be gone.
    }
  }
  trace(message) { this.write(0, message); }
  debug(message) { this.write(1, message); }
  info(message) { this.write(2, message); }
  warn(message) { this.write(3, message); }
  error(message) { this.write(4, message); }
  critical(message) { this.write(5, message); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
}

exports.version = 0;
exports.setLevel = (level) => { commonLevel = level; };
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.Logger = Logger;
exports.createRotatingLogger = async (name, filename) => new Logger('rotating', name, filename);
exports.createAsyncRotatingLogger = async (name, filename) => new Logger('rotating_async', name, filename);
`;

/** The watchdog ends an extension host whose server died. */
const nativeWatchdog = `'use strict';
exports.start = (pid) => {
  setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 2000).unref();
};
exports.exit = (code) => process.exit(code);
`;

/** Module texts by their path below the server's node_modules. */
export const plainModules: Readonly<Record<string, string>> = {
  '@vscode/spdlog/index.js': spdlog,
  '@vscode/native-watchdog/index.js': nativeWatchdog,
};
