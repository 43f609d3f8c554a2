/**
 * What the runner tells the suite inside the extension host, as environment variables. The emulator behind ENDPOINT is
 * filled with test/sample/seed.yaml, and the settings of the window point the extension at it.
 */
export interface SuiteEnvironment {
  /** The bundle with every *.test.ts of this folder. */
  readonly KMS_EXPLORER_TEST_SUITES: string;
  /** The file that receives what mocha and console.log print. */
  readonly KMS_EXPLORER_TEST_REPORT: string;
  /** Only tests whose full name contains this; every test when empty. */
  readonly KMS_EXPLORER_TEST_GREP: string;
  /** The checkout, for the manifest and the sample files. */
  readonly KMS_EXPLORER_TEST_PROJECT: string;
  /** The folder that is open in the window: a copy of the sample service, free to be written to. */
  readonly KMS_EXPLORER_TEST_WORKSPACE: string;
  /** The emulator's address and the credentials that are root in its account. */
  readonly KMS_EXPLORER_TEST_ENDPOINT: string;
  readonly KMS_EXPLORER_TEST_ACCESS_KEY_ID: string;
  readonly KMS_EXPLORER_TEST_SECRET_ACCESS_KEY: string;
  /** The emulator's data folder. */
  readonly KMS_EXPLORER_TEST_DATA_FOLDER: string;
}

/** A value of the runner's. Throws when the suite was started by anything else. */
export function suiteVariable(name: keyof SuiteEnvironment): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set. Run the suite with "npm run test:vscode".`);
  return value;
}
