import { parseArgs } from 'node:util';
import { isRegionName } from '../core/kms/arn.ts';
import type { Credentials } from './auth/accessKeys.ts';
import type { LogFormat } from './eventLog.ts';
import { StartFailure } from './startFailure.ts';

/** The command line, checked. */
export interface Options {
  readonly port: number;
  readonly host: string;
  /** Names besides those of loopback that clients may ask for. */
  readonly allowedHosts: readonly string[];
  /** Undefined for the default folder. */
  readonly data: string | undefined;
  readonly memory: boolean;
  readonly accountId: string;
  readonly region: string;
  readonly seed: string | undefined;
  readonly credentials: Credentials | undefined;
  /** Where the movable clock starts, in epoch milliseconds; undefined for where it was, at first the machine's time. */
  readonly clock: number | undefined;
  readonly throttle: 'aws' | 'off';
  readonly log: LogFormat;
  readonly parent: boolean;
}

const known = {
  port: { type: 'string', default: '4599' },
  host: { type: 'string', default: '127.0.0.1' },
  'allowed-host': { type: 'string', multiple: true },
  data: { type: 'string' },
  memory: { type: 'boolean', default: false },
  account: { type: 'string', default: '111122223333' },
  region: { type: 'string', default: 'us-east-1' },
  seed: { type: 'string' },
  credentials: { type: 'string' },
  clock: { type: 'string' },
  throttle: { type: 'string', default: 'off' },
  log: { type: 'string', default: 'json' },
  parent: { type: 'boolean', default: false },
} as const;

function bad(message: string, cause?: unknown): StartFailure {
  return new StartFailure('BAD_ARGUMENT', message, { cause });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: known, allowPositionals: false }).values;
  } catch (cause) {
    const names = Object.keys(known).map((name) => `--${name}`);
    throw bad(`An argument is not understood: there are ${names.join(', ')}.`, cause);
  }
}

function readCredentials(text: string | undefined): Credentials | undefined {
  if (text === undefined) return undefined;
  const match = /^([\w-]{1,128}):(\S+)$/.exec(text);
  if (!match) throw bad('--credentials has to be ID:SECRET, the id of letters, digits, - and _.');
  const [, accessKeyId = '', secretAccessKey = ''] = match;
  return { accessKeyId, secretAccessKey };
}

function readHostName(text: string): string {
  if (/^[\w-]+(?:\.[\w-]+)*$/.test(text)) return text;
  throw bad('--allowed-host has to be the name of a host, without a port.');
}

function readClock(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw bad('--clock has to be an ISO 8601 time with its zone, such as 2027-01-31T12:00:00Z.');
  return time;
}

function readThrottle(text: string): 'aws' | 'off' {
  if (text === 'aws' || text === 'off') return text;
  throw bad('--throttle has to be aws or off.');
}

function readLog(text: string): LogFormat {
  if (text === 'pretty' || text === 'json' || text === 'off') return text;
  throw bad('--log has to be pretty, json or off.');
}

/** Reads the command line without the program. Throws StartFailure BAD_ARGUMENT, never with a secret in it. */
export function readOptions(args: readonly string[]): Options {
  const values = parse(args);
  const port = Number(values.port);
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) throw bad('--port has to be a number from 0 to 65535.');
  if (!/^\d{12}$/.test(values.account)) throw bad('--account has to have 12 digits.');
  if (!isRegionName(values.region)) throw bad('--region has to be the name of a Region, such as eu-west-1.');
  if (values.memory && values.data !== undefined) throw bad('--memory and --data exclude each other.');
  return {
    port,
    host: values.host,
    allowedHosts: (values['allowed-host'] ?? []).map(readHostName),
    data: values.data,
    memory: values.memory,
    accountId: values.account,
    region: values.region,
    seed: values.seed,
    credentials: readCredentials(values.credentials),
    clock: readClock(values.clock),
    throttle: readThrottle(values.throttle),
    log: readLog(values.log),
    parent: values.parent,
  };
}
