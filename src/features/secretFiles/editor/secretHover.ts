import * as vscode from 'vscode';
import type { CommandId } from '../../../contributions.ts';
import { parseKmsArn } from '../../../core/kms/arn.ts';
import { keyLabel } from '../../../core/kms/keyLabels.ts';
import { describeToken, type TokenDescription } from '../../../core/secrets/tokens/describeToken.ts';
import { ciphertextMarkers } from '../../shared/secrets/ciphertextMarkers.ts';
import { learnedKey } from '../../shared/secrets/learnedKeys.ts';
import type { SecretParts } from '../../shared/secrets/secretParts.ts';
import { fileNameOf } from '../values/secretFile.ts';
import { escapeMarkdown } from './escapeMarkdown.ts';
import { entriesOnDemand, positionIn, secretFileSelector } from './parsedDocument.ts';

/** The commands that a hover may run, in the order of its links. Nothing else in it can run anything. */
const links: readonly (readonly [id: CommandId, title: string])[] = [
  ['kmsExplorer.decryptValue', vscode.l10n.t('Decrypt')],
  ['kmsExplorer.editValue', vscode.l10n.t('Edit')],
  ['kmsExplorer.copyDecryptedValue', vscode.l10n.t('Copy')],
  ['kmsExplorer.reEncryptValue', vscode.l10n.t('Re-encrypt')],
  ['kmsExplorer.inspectCiphertext', vscode.l10n.t('Inspect')],
];

/** What works on values that cannot be decrypted in place: in a file of SOPS one value at a time, else nothing. */
const sopsLinks: readonly CommandId[] = ['kmsExplorer.editValue', 'kmsExplorer.copyDecryptedValue', 'kmsExplorer.inspectCiphertext'];

function linksFor({ leftAlone, format }: TokenDescription): typeof links {
  if (leftAlone === undefined) return links;
  return links.filter(([id]) => (format === 'sops' ? sopsLinks.includes(id) : id === 'kmsExplorer.inspectCiphertext'));
}

/** Says over an encrypted value what it is. The value stays hidden, and KMS is not asked. */
export function registerSecretHover(parts: SecretParts): vscode.Disposable {
  return vscode.languages.registerHoverProvider(secretFileSelector, {
    provideHover: (document, position) => hoverAt(parts, document, position),
  });
}

async function hoverAt(parts: SecretParts, document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
  const offset = document.offsetAt(position);
  const entry = (await entriesOnDemand(document)).find(({ valueRange }) => offset >= valueRange.offset && offset <= valueRange.offset + valueRange.length);
  if (entry === undefined) return undefined;
  const place = { fileName: fileNameOf(document), keyPath: entry.keyPath };
  const description = describeToken(entry.value, place, ciphertextMarkers(document.uri));
  if (description === undefined) return undefined;
  const { offset: start, length } = entry.valueRange;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + length));
  return new vscode.Hover(hoverText(parts, description, positionIn(document, range.start)), range);
}

function hoverText(parts: SecretParts, description: TokenDescription, position: ReturnType<typeof positionIn>): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: links.map(([id]) => id) };
  const lines = [description.summary, ...factLines(parts, description)];
  text.appendMarkdown(lines.map(escapeMarkdown).join('\n\n'));
  const offered = linksFor(description);
  const argument = encodeURIComponent(JSON.stringify([position]));
  text.appendMarkdown(`\n\n${offered.map(([id, title]) => `[${title}](command:${id}?${argument})`).join(' · ')}`);
  return text;
}

function factLines(parts: SecretParts, description: TokenDescription): readonly string[] {
  const { encryptionContext, leftAlone, reader } = description;
  if (leftAlone !== undefined) return [leftAlone];
  const names = Object.keys(encryptionContext ?? {});
  return [
    keyLine(parts, description),
    vscode.l10n.t('Decrypted at run time by {0}.', reader),
    ...(names.length === 0 ? [] : [vscode.l10n.t('Encryption context: {0}.', names.join(', '))]),
    vscode.l10n.t('Value hidden.'),
  ];
}

function keyLine({ state, catalog }: SecretParts, { ciphertext, keys, region }: TokenDescription): string {
  const arn = learnedKey(state, ciphertext?.keyHash) ?? keys[0]?.keyId;
  if (arn === undefined) {
    return region === undefined
      ? vscode.l10n.t('Its key is known once one value of the same key was decrypted.')
      : vscode.l10n.t('Its Region is {0}; its key is known once one value of the same key was decrypted.', region);
  }
  const known = catalog.knownKey(arn);
  const parsed = parseKmsArn(arn);
  const label = known === undefined ? (parsed?.resource ?? arn) : keyLabel(known);
  return parsed === undefined ? vscode.l10n.t('Key: {0}.', label) : vscode.l10n.t('Key: {0} in {1}.', label, parsed.region);
}
