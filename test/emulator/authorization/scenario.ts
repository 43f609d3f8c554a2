import assert from 'node:assert/strict';
import * as sdk from '@aws-sdk/client-kms';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { assertRefused } from '../support/refusal.ts';
import { withSeed } from '../support/seedFile.ts';

export const account = '111122223333';
export const otherAccount = '444455556666';
const region = 'us-east-1';

/** A statement of a policy; `CALLER`, `KEY` and `ALIAS` stand for the ARNs of the caller, the key and its alias. */
export type Statement = Readonly<Record<string, unknown>>;

export interface CallerOfScenario {
  /** A user, unless it is the account's root or a session of a role. */
  readonly kind?: 'root' | 'role';
  readonly account?: string;
  /** Of the one identity policy; none for a caller without any. */
  readonly identity?: readonly Statement[];
  readonly boundary?: readonly Statement[];
  /** Of the session of a role. */
  readonly session?: readonly Statement[];
  readonly tags?: Readonly<Record<string, string>>;
}

/** A policy, an identity and a request, and what comes of them. */
export interface Scenario {
  readonly title: string;
  /** Of the key policy; the default policy without it. */
  readonly policy?: readonly Statement[];
  /** More members of the key in the seed. */
  readonly key?: Readonly<Record<string, unknown>>;
  readonly caller?: CallerOfScenario;
  readonly operation: string;
  /** KeyId is the key's ARN where it is not given, or its alias for `ALIAS` and its id for `ID`. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** How the refusal ends, from `because` or `with` on; allowed without it. */
  readonly refused?: string;
  /** The action that is refused when it is not the operation. */
  readonly action?: string;
  /** The resource that is refused when it is not the key. */
  readonly resource?: string;
  /** The name of the exception of a request that policies let pass, and that then ends in it. */
  readonly then?: string;
}

export const missing = {
  resource: 'because no resource-based policy allows the kms:ACTION action',
  identity: 'because no identity-based policy allows the kms:ACTION action',
  boundary: 'because no permissions boundary allows the kms:ACTION action',
  session: 'because no session policy allows the kms:ACTION action',
} as const;

export const explicit = {
  resource: 'with an explicit deny in a resource-based policy',
  identity: 'with an explicit deny in an identity-based policy',
  boundary: 'with an explicit deny in a permissions boundary',
  session: 'with an explicit deny in a session policy',
} as const;

export const allow = (Action: string | readonly string[], more: Statement = {}): Statement => ({ Effect: 'Allow', Action, Resource: '*', ...more });
export const deny = (Action: string | readonly string[], more: Statement = {}): Statement => ({ Effect: 'Deny', Action, Resource: '*', ...more });
/** The same in a key policy, to the caller. */
export const permit = (Action: string | readonly string[], more: Statement = {}): Statement => allow(Action, { Principal: { AWS: 'CALLER' }, ...more });
export const forbid = (Action: string | readonly string[], more: Statement = {}): Statement => deny(Action, { Principal: { AWS: 'CALLER' }, ...more });
/** What leaves a key to the account and its IAM policies. */
export const delegated = (Action: string | readonly string[] = 'kms:*', more: Statement = {}): Statement => allow(Action, { Principal: { AWS: account }, ...more });

interface Prepared {
  readonly scenario: Scenario;
  readonly callerArn: string;
  readonly name: string;
  readonly accountId: string;
  readonly keyId: string;
  readonly keyArn: string;
  readonly alias: string;
}

function prepare(scenario: Scenario, index: number): Prepared {
  const { kind, account: accountId = account } = scenario.caller ?? {};
  const name = `caller-${index}`;
  const keyId = `00000000-0000-4000-8000-${index.toString().padStart(12, '0')}`;
  const arns = { root: `arn:aws:iam::${accountId}:root`, role: `arn:aws:iam::${accountId}:role/${name}`, user: `arn:aws:iam::${accountId}:user/${name}` };
  return { scenario, callerArn: arns[kind ?? 'user'], name, accountId, keyId, keyArn: `arn:aws:kms:${region}:${account}:key/${keyId}`, alias: `alias/scenario-${index}` };
}

function aliasArn({ alias }: Prepared): string {
  return `arn:aws:kms:${region}:${account}:${alias}`;
}

function fill<T>(value: T, prepared: Prepared): T {
  const text = JSON.stringify(value).replaceAll('CALLER', prepared.callerArn).replaceAll('KEY', prepared.keyArn).replaceAll('ALIAS', aliasArn(prepared));
  return JSON.parse(text) as T;
}

function document(statements: readonly Statement[], prepared: Prepared): object {
  return fill({ Version: '2012-10-17', Statement: statements }, prepared);
}

function principalOf(prepared: Prepared): object {
  const { kind, identity, boundary, tags = {} } = prepared.scenario.caller ?? {};
  const policies = identity === undefined ? [] : [document(identity, prepared)];
  const rest = { tags, policies, ...(boundary === undefined ? {} : { boundary: document(boundary, prepared) }) };
  const trust = { Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } };
  return kind === 'role' ? { ...rest, trust } : { ...rest, accessKeys: [{ id: prepared.name, secret: 'secret' }] };
}

function accountSeed(id: string, all: readonly Prepared[]): object {
  const here = all.filter(({ accountId }) => accountId === id);
  const of = (kind: 'role' | undefined): object =>
    Object.fromEntries(here.filter(({ scenario }) => scenario.caller?.kind === kind).map((each) => [each.name, principalOf(each)]));
  return { accessKeys: [{ id: `root-${id}`, secret: 'secret' }], users: of(undefined), roles: of('role') };
}

function seedOf(all: readonly Prepared[]): object {
  return {
    accounts: { [account]: accountSeed(account, all), [otherAccount]: accountSeed(otherAccount, all) },
    keys: all.map((each) => {
      const { policy, key = {} } = each.scenario;
      const statements = policy === undefined ? {} : { policy: document(policy, each) };
      return { id: each.keyId, account, region, spec: 'SYMMETRIC_DEFAULT', aliases: [each.alias], ...statements, ...fill(key, each) };
    }),
    serviceKeys: [{ service: 's3', account, region }],
  };
}

/** Texts for bytes, which JSON cannot hold. */
const blobMembers = ['Plaintext', 'Message', 'CiphertextBlob'];

function inputOf({ scenario: { input = {} }, keyId, keyArn, alias }: Prepared): Record<string, unknown> {
  const names: Readonly<Record<string, string>> = { ALIAS: alias, ID: keyId, KEY: keyArn };
  const entries = Object.entries({ KeyId: 'KEY', ...input }).map(([name, value]) => {
    if (typeof value !== 'string') return [name, value];
    return [name, blobMembers.includes(name) ? Buffer.from(value) : (names[value] ?? value)];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

type AnyCommand = new (input: unknown) => Parameters<sdk.KMSClient['send']>[0];

function commandOf(operation: string): AnyCommand {
  const found = Object.entries(sdk).find(([name]) => name === `${operation}Command`);
  assert.ok(found, operation);
  return found[1] as AnyCommand;
}

interface Secrets {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

async function credentialsOf({ ready }: EmulatorProcess, { scenario: { caller = {} }, name, accountId, callerArn, ...rest }: Prepared): Promise<Secrets> {
  if (caller.kind !== 'role') return { accessKeyId: caller.kind === 'root' ? `root-${accountId}` : name, secretAccessKey: 'secret' };
  const sts = new STSClient({ endpoint: ready.endpoint, region, credentials: { accessKeyId: `root-${accountId}`, secretAccessKey: 'secret' } });
  const prepared = { scenario: { title: '', operation: '' }, name, accountId, callerArn, ...rest };
  const Policy = caller.session === undefined ? {} : { Policy: JSON.stringify(document(caller.session, prepared)) };
  const { Credentials: made } = await sts.send(new AssumeRoleCommand({ RoleArn: callerArn, RoleSessionName: 'test', ...Policy }));
  sts.destroy();
  return { accessKeyId: made!.AccessKeyId!, secretAccessKey: made!.SecretAccessKey!, sessionToken: made!.SessionToken! };
}

/** Who AWS's message says it was. */
function callerName({ scenario, callerArn, accountId, name }: Prepared): string {
  return scenario.caller?.kind === 'role' ? `arn:aws:sts::${accountId}:assumed-role/${name}/test` : callerArn;
}

async function check(emulator: EmulatorProcess, prepared: Prepared): Promise<void> {
  const { scenario } = prepared;
  const client = new sdk.KMSClient({ endpoint: emulator.ready.endpoint, region, maxAttempts: 1, credentials: await credentialsOf(emulator, prepared) });
  const answer = client.send(new (commandOf(scenario.operation))(inputOf(prepared))).finally(() => {
    client.destroy();
  });
  const { refused, action = scenario.operation, resource = 'KEY' } = scenario;
  if (refused === undefined) {
    if (scenario.then === undefined) await answer;
    else await assertRefused(answer, scenario.then, /./);
    return;
  }
  const where = resource.replace('KEY', prepared.keyArn).replace('ALIAS', aliasArn(prepared));
  const message = `User: ${callerName(prepared)} is not authorized to perform: kms:${action} on resource: ${where} ${refused.replace('ACTION', action)}`;
  await assertRefused(answer, 'AccessDeniedException', message);
}

/** Runs every scenario with a key and a caller of its own, all against one emulator. */
export function describeScenarios(title: string, scenarios: readonly Scenario[]): void {
  describe(title, () => {
    const all = scenarios.map(prepare);
    let emulator: EmulatorProcess;
    before(async () => {
      emulator = await withSeed(seedOf(all), (path) => startEmulator({ seed: path, args: ['--account', account, '--region', region] }));
    });
    after(() => emulator.stop());
    for (const prepared of all) {
      const { title: name, refused } = prepared.scenario;
      it(`${refused === undefined ? 'allows' : 'refuses'} ${name}`, () => check(emulator, prepared));
    }
  });
}
