import { KMSClient } from '@aws-sdk/client-kms';
import { startEmulator, type EmulatorProcess } from '../emulatorProcess.ts';
import { withSeed } from '../support/seedFile.ts';

export const account = '111122223333';
export const otherAccount = '444455556666';
export const region = 'us-east-1';

/** One user of a test, by name, in an account. */
export interface Identity {
  readonly account?: string;
  readonly statements?: readonly object[];
}

export interface World {
  readonly emulator: EmulatorProcess;
  /** A client of the user with this name, or of the account's root for `root`. */
  as(name: string, where?: string): KMSClient;
  stop(): Promise<void>;
}

export function userArn(name: string, accountId = account): string {
  return `arn:aws:iam::${accountId}:user/${name}`;
}

/** An emulator with these users and keys; each user signs with a key of the same id. */
export async function startWorld(identities: Readonly<Record<string, Identity>>, seed: object = {}): Promise<World> {
  const usersOf = (accountId: string): object =>
    Object.fromEntries(
      Object.entries(identities)
        .filter(([, identity]) => (identity.account ?? account) === accountId)
        .map(([name, { statements }]) => [name, { accessKeys: [{ id: name, secret: 'secret' }], policies: statements ? [{ Version: '2012-10-17', Statement: statements }] : [] }]),
    );
  const accounts = Object.fromEntries([account, otherAccount].map((id) => [id, { accessKeys: [{ id: `root-${id}`, secret: 'secret' }], users: usersOf(id) }]));
  const emulator = await withSeed({ accounts, ...seed }, (path) => startEmulator({ seed: path, args: ['--account', account, '--region', region, '--log', 'json'] }));
  const clients: KMSClient[] = [];
  return {
    emulator,
    as(name, where = region) {
      const credentials = { accessKeyId: name === 'root' ? `root-${account}` : name, secretAccessKey: 'secret' };
      const client = new KMSClient({ endpoint: emulator.ready.endpoint, region: where, maxAttempts: 1, credentials });
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) client.destroy();
      await emulator.stop();
    },
  };
}
