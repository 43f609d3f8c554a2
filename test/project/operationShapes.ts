import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { projectRoot } from '../host/system/projectPaths.ts';

const types = join(projectRoot, 'node_modules', '@aws-sdk', 'client-kms', 'dist-types');

interface Sources {
  readonly interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>;
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

function statementsOf(name: string): readonly ts.Statement[] {
  const path = join(types, name);
  return [...ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true).statements];
}

/** The values of `export declare const Name: { readonly A: "A"; ... }`. */
function enumsOf(statements: readonly ts.Statement[]): Map<string, readonly string[]> {
  const declarations = statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
  return new Map(
    declarations.flatMap(({ name, type }) => {
      if (type === undefined || !ts.isTypeLiteralNode(type)) return [];
      const values = type.members.map((member) => member.name?.getText().replaceAll(/["']/g, '') ?? '');
      return [[name.getText(), values] as const];
    }),
  );
}

function readSources(): Sources {
  const models = statementsOf(join('models', 'models_0.d.ts'));
  return {
    interfaces: new Map(models.filter(ts.isInterfaceDeclaration).map((each) => [each.name.text, each])),
    enums: enumsOf(statementsOf(join('models', 'enums.d.ts'))),
  };
}

/** A type without its `| undefined`. */
function bare(type: ts.TypeNode): ts.TypeNode {
  if (!ts.isUnionTypeNode(type)) return type;
  const [first, ...more] = type.types.filter((each) => each.kind !== ts.SyntaxKind.UndefinedKeyword);
  if (first === undefined || more.length > 0) throw new Error(`A union is not understood: ${type.getText()}`);
  return first;
}

function shapeOf(sources: Sources, type: ts.TypeNode): string {
  const node = bare(type);
  if (node.kind === ts.SyntaxKind.StringKeyword) return "'text'";
  if (node.kind === ts.SyntaxKind.NumberKeyword) return "'integer'";
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return "'flag'";
  if (ts.isArrayTypeNode(node)) return `{ list: ${shapeOf(sources, node.elementType)} }`;
  const name = node.getText();
  if (name === 'Uint8Array') return "'blob'";
  if (name === 'Date') return "'time'";
  if (name === 'Record<string, string>') return "'textMap'";
  if (sources.enums.has(name)) return `{ values: '${name}' }`;
  const declaration = sources.interfaces.get(name);
  if (declaration === undefined) throw new Error(`The type ${name} is not understood.`);
  return `{ members: ${membersOf(sources, declaration, '    ')} }`;
}

function membersOf(sources: Sources, declaration: ts.InterfaceDeclaration, indent: string): string {
  const rows = declaration.members.filter(ts.isPropertySignature).map(({ name, questionToken, type }) => {
    if (type === undefined) throw new Error(`${declaration.name.text}.${name.getText()} has no type.`);
    const key = `${name.getText()}${questionToken === undefined ? '' : '?'}`;
    return `${indent}  ${questionToken === undefined ? key : `'${key}'`}: ${shapeOf(sources, type)},`;
  });
  return rows.length === 0 ? '{}' : `{\n${rows.join('\n')}\n${indent}}`;
}

function operationNames(): readonly string[] {
  const files = readdirSync(join(types, 'commands'));
  return files.flatMap((file) => /^(\w+)Command\.d\.ts$/.exec(file)?.[1] ?? []).sort();
}

/** The text of src/emulator/shapes/operationShapes.ts, made from the types of the installed @aws-sdk/client-kms. */
export function writeOperationShapes(): string {
  const sources = readSources();
  const enums = [...sources.enums].map(([name, values]) => `  ${name}: [${values.map((value) => `'${value}'`).join(', ')}],`);
  const operations = operationNames().map((name) => {
    const request = sources.interfaces.get(`${name}Request`);
    if (request === undefined) throw new Error(`The SDK has no ${name}Request.`);
    return `  ${name}: ${membersOf(sources, request, '  ')},`;
  });
  return [
    '// Made by `npm run generate` from the types of @aws-sdk/client-kms. A test compares the two; do not edit.',
    "import type { Shapes } from './shape.ts';",
    '',
    '/** Every enum of the API with its values. */',
    'export const enumValues = {',
    ...enums,
    '} as const;',
    '',
    '/** The members of each request; a name that ends in a question mark is of a member that may be left out. */',
    'export const operationShapes = {',
    ...operations,
    '} as const satisfies Readonly<Record<string, Shapes>>;',
    '',
  ].join('\n');
}
