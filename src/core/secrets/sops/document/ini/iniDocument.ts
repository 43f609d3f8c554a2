import type { Edit } from '../../../codec.ts';
import { lineBreakOf, parseError } from '../../../textPosition.ts';
import { flattenMetadata, unflattenMetadata } from '../../metadata/flatMetadata.ts';
import { textOfNode, type MetadataNode } from '../../metadata/metadataTree.ts';
import { stringValue } from '../../values/sopsValue.ts';
import { flatText } from '../flatText.ts';
import { changedScalars } from '../metadataEdits.ts';
import type { Obstacle, SopsDocument, SopsLeaf } from '../sopsDocument.ts';
import { readIniFile, stripMark, type IniEntry, type IniSection } from './iniLines.ts';
import { writeIniValue } from './iniValue.ts';

/**
 * An INI file as SOPS reads it (getsops/sops, stores/ini/store.go): the path of a value is its section and its key.
 * SOPS puts the comment of an entry after it, so that it is active for the next entry of the section.
 */
export function readIniDocument(text: string): SopsDocument {
  const { sections, comments } = readIniFile(text);
  const parts = sections.filter(({ name }) => name === 'sops');
  if (parts.length > 1) throw parseError(text, parts[1]?.offset ?? 0, 'the section sops stands there twice');
  const part = parts[0];
  const partEnd = part === undefined ? 0 : endOfSection(text, part);
  return {
    text,
    leaves: sections.filter((section) => section !== part).flatMap(leavesOf),
    comments: comments
      .filter(({ range }) => part === undefined || range.offset < part.offset || range.offset >= partEnd)
      .map((comment) => ({ ...comment, around: undefined, inList: false })),
    unplacedComments: [],
    obstacles: sections.flatMap((section) => [section, ...section.entries.map(({ line, comment }) => ({ offset: line.offset, comment }))]).flatMap(obstacleOf),
    ...metadataPart(text, part, partEnd),
  };
}

/** SOPS breaks off when it prints a comment of several lines whose first has no text. */
function obstacleOf({ offset, comment }: { readonly offset: number; readonly comment: string }): readonly Obstacle[] {
  if (!stripMark(comment).startsWith('\n')) return [];
  return [{ offset, problem: 'SOPS cannot print the comment over it, whose first line has no text. Give it some, or remove the line' }];
}

/** After the line of the last entry: what follows belongs to the next section. */
function endOfSection(text: string, { offset, entries }: IniSection): number {
  const last = entries.at(-1);
  const lineEnd = text.indexOf('\n', last === undefined ? offset : last.line.offset + last.line.length);
  return lineEnd === -1 ? text.length : lineEnd + 1;
}

function leavesOf({ name, comment, entries }: IniSection): readonly SopsLeaf[] {
  return entries.map((entry, index): SopsLeaf => {
    const active = entries[index - 1]?.comment ?? comment;
    return {
      document: 0,
      keyPath: [name, entry.key],
      path: [name, entry.key],
      range: entry.valueRange,
      value: stringValue(entry.value),
      comments: active === '' ? [] : [stripMark(active)],
      refusal: undefined,
      writeToken: (token) => token,
      writeValue: (value) => writeIniValue(flatText(value)),
      blockItem: undefined,
    };
  });
}

function metadataPart(
  text: string,
  part: IniSection | undefined,
  end: number,
): Pick<SopsDocument, 'metadata' | 'writeMetadata' | 'removeMetadata'> {
  const entries: readonly IniEntry[] = part?.entries ?? [];
  const metadata = part && unflattenMetadata(entries.map(({ key, value }) => [key, value.replaceAll('\\n', '\n')]));
  const scalars = new Map(entries.map(({ key, valueRange }) => [key, valueRange]));
  const lineBreak = lineBreakOf(text);
  const write = (scalar: MetadataNode) => writeIniValue(textOfNode(scalar).replaceAll('\n', '\\n'));
  return {
    metadata,
    removeMetadata: () => (part === undefined ? [] : [removal(text, part.offset, end)]),
    writeMetadata(next) {
      const changed = metadata && changedScalars(metadata, scalars, next, write);
      if (changed !== undefined) return changed;
      const lines = [...flattenMetadata(next)].map(([key, value]) => `${key} = ${write(value)}`);
      const section = ['[sops]', ...lines, ''].join(lineBreak);
      if (part !== undefined) {
        return [{ offset: part.offset, length: end - part.offset, text: section }];
      }
      const gap = text === '' ? '' : text.endsWith('\n') ? lineBreak : lineBreak + lineBreak;
      return [{ offset: text.length, length: 0, text: gap + section }];
    },
  };
}

/** The section with the empty line before it, which came with it. */
function removal(text: string, offset: number, end: number): Edit {
  const gap = /(?<=\n|^)\r?\n$/.exec(text.slice(0, offset))?.[0].length ?? 0;
  return { offset: offset - gap, length: end - offset + gap, text: '' };
}
