import { isMetadataList, isMetadataMap, sortedEntries, type MetadataMap, type MetadataNode } from '../../metadata/metadataTree.ts';
import { writeYamlText } from './yamlText.ts';

/** A mapping in block style, with its keys in `column`, without a line break at the end. SOPS indents with four spaces. */
export function writeBlockMap(map: MetadataMap, column: number, indent: number, lineBreak: string): string {
  return mapLines(map, column, indent)
    .map((line) => ' '.repeat(column) + line)
    .join(lineBreak);
}

/** The lines of a mapping, relative to its column. Inner collections begin at the next multiple of the indentation. */
function mapLines(map: MetadataMap, column: number, indent: number): readonly string[] {
  const inner = (Math.floor(column / indent) + 1) * indent;
  const pad = ' '.repeat(inner - column);
  return sortedEntries(map).flatMap(([key, value]) => {
    const name = writeYamlText(key);
    if (isEmpty(value) || (!isMetadataMap(value) && !isMetadataList(value))) return [`${name}: ${writeYamlNode(value)}`];
    const lines = isMetadataMap(value) ? mapLines(value, inner, indent) : listLines(value, inner, indent);
    return [`${name}:`, ...lines.map((line) => pad + line)];
  });
}

function listLines(list: readonly MetadataNode[], column: number, indent: number): readonly string[] {
  return list.flatMap((item) => {
    if (!isMetadataMap(item) || isEmpty(item)) return [`- ${writeYamlNode(item)}`];
    return mapLines(item, column + 2, indent).map((line, index) => (index === 0 ? '- ' : '  ') + line);
  });
}

function isEmpty(node: MetadataNode): boolean {
  return isMetadataMap(node) ? Object.keys(node).length === 0 : isMetadataList(node) && node.length === 0;
}

/**
 * A scalar of a block mapping, or an empty collection. Times are quoted, since SOPS 3.13 refuses YAML timestamps;
 * tokens and versions stand plain, as SOPS writes them.
 */
export function writeYamlNode(node: MetadataNode): string {
  if (typeof node !== 'string') return isMetadataMap(node) || isMetadataList(node) ? writeFlowNode(node) : String(node);
  if (/^\d{4}-\d\d-\d\dT[^"\\]*$/.test(node) || node === '') return `"${node}"`;
  return /^ENC\[AES256_GCM,[^\s]+\]$|^\d+\.\d+\.\d+$/.test(node) ? node : writeYamlText(node);
}

/** JSON, which is YAML in flow style. */
export function writeFlowNode(node: MetadataNode): string {
  return JSON.stringify(node);
}
