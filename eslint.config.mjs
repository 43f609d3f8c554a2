import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/**
 * The import arrows of the README's Architecture section: what each room of src may reach.
 * A room that is missing here may import nothing but itself.
 */
const rooms = {
  core: [],
  protocol: ['core'],
  aws: ['core'],
  emulator: ['core', 'protocol'],
  features: ['core', 'protocol', 'contributions.ts'],
};

/** Zones for `import-x/no-restricted-paths`: everything outside a room's list is forbidden to it. */
const roomZones = Object.entries(rooms).map(([room, allowed]) => ({
  target: `./src/${room}`,
  from: './src',
  except: [room, ...allowed].map((name) => `./${name}`),
  message: `src/${room} may import only ${[room, ...allowed].join(', ')}.`,
}));

const features = ['connection', 'explorer', 'keyPanel', 'encryptText', 'secretFiles', 'localEmulator', 'createKey'];
const featureZones = features.map((feature) => ({
  target: `./src/features/${feature}`,
  from: './src/features',
  except: [`./${feature}`, './shared'],
  message: 'A feature never imports another feature; what they share lives in features/shared.',
}));

const coreZones = [
  { target: './src/core/kms', from: './src/core', except: ['./kms'], message: 'core/kms imports nothing but itself.' },
  { target: './src/core/policy', from: './src/core/secrets', message: 'core/policy never imports core/secrets.' },
  { target: './src/core/secrets', from: './src/core/policy', message: 'core/secrets never imports core/policy.' },
];

const mediaZones = [
  {
    target: './media',
    from: './src',
    except: ['./protocol', './core'],
    message: 'media may import only protocol and core.',
  },
];

const noVscode = { name: 'vscode', message: 'vscode lives in extension.ts, features and test/vscode only.' };
const sdkValues = {
  group: ['@aws-sdk/*', '@smithy/*'],
  allowTypeImports: true,
  message: 'AWS SDK values live in src/aws; the emulator may use its types.',
};
const nodeBuiltins = { group: ['node:*'], message: 'core is pure: no clock, randomness, files or processes.' };

const restrict = (paths, patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }],
});

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'test/sample/'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './media/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': [
        'error',
        { zones: [...roomZones, ...featureZones, ...coreZones, ...mediaZones], basePath: import.meta.dirname },
      ],
    },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver-next': [importX.createNodeResolver({ extensions: ['.ts', '.js'] })],
    },
  },
  // Made from the SDK's types: a table of data.
  { files: ['src/emulator/shapes/operationShapes.ts'], rules: { 'max-lines': 'off' } },
  { files: ['src/core/**/*.ts', 'src/protocol/**/*.ts'], rules: restrict([noVscode], [sdkValues, nodeBuiltins]) },
  { files: ['src/aws/**/*.ts'], rules: restrict([noVscode], []) },
  {
    files: ['src/emulator/**/*.ts'],
    rules: restrict([noVscode], [sdkValues]),
  },
  { files: ['src/features/**/*.ts', 'src/*.ts', 'media/**/*.ts'], rules: restrict([], [sdkValues]) },
  {
    files: ['media/**/*.ts'],
    rules: restrict([noVscode], [sdkValues, { ...nodeBuiltins, message: 'media runs in a browser frame.' }]),
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A suite is one long function by nature, and an unhandled promise in a test fails it anyway.
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
