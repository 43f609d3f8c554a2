import * as vscode from 'vscode';
import { keyLabel, stateWords } from '../../../core/kms/keyLabels.ts';
import type { KeyMetadata } from '../../../core/kms/keyMetadata.ts';
import type { KeySummary } from '../../../core/kms/catalog/keySummary.ts';

/**
 * The metadata of a key as a tooltip. Aliases and descriptions may be written by others, so everything is appended as
 * text and neither commands nor HTML are allowed in it.
 */
export function keyTooltip(key: KeySummary, metadata: KeyMetadata): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  tooltip.appendMarkdown('**').appendText(keyLabel(key)).appendMarkdown('**\n\n');
  if (metadata.description !== '') tooltip.appendText(metadata.description).appendMarkdown('\n\n');
  tooltip.appendMarkdown('| | |\n|---|---|\n');
  for (const [label, value] of rows(key, metadata)) {
    tooltip.appendMarkdown(`| ${label} | `).appendText(singleLine(value)).appendMarkdown(' |\n');
  }
  return tooltip;
}

/** A line break or a bar would end the row of the table that the text stands in. */
function singleLine(text: string): string {
  return text.replaceAll(/[\r\n|]+/g, ' ');
}

function rows(key: KeySummary, metadata: KeyMetadata): readonly (readonly [string, string])[] {
  const { l10n } = vscode;
  const optional = (label: string, value: string | undefined) => (value === undefined ? [] : [[label, value] as const]);
  return [
    [l10n.t('State'), stateWords(metadata.keyState)],
    [l10n.t('Key spec'), metadata.keySpec],
    [l10n.t('Key usage'), metadata.keyUsage],
    [l10n.t('Origin'), metadata.origin],
    [l10n.t('Manager'), metadata.keyManager === 'AWS' ? l10n.t('AWS managed') : l10n.t('Customer managed')],
    ...optional(l10n.t('Rotation'), rotationText(key, metadata)),
    [l10n.t('Region'), metadata.multiRegion ? `${key.region} (${l10n.t('multi-Region')})` : key.region],
    [l10n.t('Account'), metadata.accountId],
    ...optional(l10n.t('Created'), dateText(metadata.creationDate)),
    ...optional(l10n.t('Deletion date'), dateText(metadata.deletionDate)),
    ...optional(l10n.t('Material expires'), dateText(metadata.validTo)),
    ...optional(l10n.t('Other aliases'), key.aliasNames.length > 1 ? key.aliasNames.slice(1).join(', ') : undefined),
    [l10n.t('Key ID'), key.keyId],
  ];
}

/** Undefined where there is none to choose, and while it is not known. */
function rotationText({ rotation }: KeySummary, { keyManager }: KeyMetadata): string | undefined {
  const { l10n } = vscode;
  if (keyManager === 'AWS') return l10n.t('every year, by AWS');
  if (rotation === undefined) return undefined;
  return rotation.keyRotationEnabled ? l10n.t('every {0} days', rotation.rotationPeriodInDays ?? 365) : l10n.t('off');
}

function dateText(epochMilliseconds: number | undefined): string | undefined {
  return epochMilliseconds === undefined ? undefined : new Date(epochMilliseconds).toISOString().slice(0, 16).replace('T', ' ');
}
