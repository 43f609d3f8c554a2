import { fitsInt64, fitsUint64, formatGoFloat, parseGoInteger } from '../../values/goNumber.ts';
import { readYamlTimestamp } from '../../values/goTime.ts';
import { boolValue, nullValue, stringValue, type SopsValue } from '../../values/sopsValue.ts';

/** A value, or why SOPS cannot have it. */
export type ResolvedScalar = { readonly value: SopsValue } | { readonly problem: string };

const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const special = new Map<string, SopsValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, nullValue] as const),
  ...['true', 'True', 'TRUE'].map((text) => [text, boolValue(true)] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, boolValue(false)] as const),
  ...['.nan', '.NaN', '.NAN'].map((text) => [text, floatValue(NaN)] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((text) => [text, floatValue(Infinity)] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((text) => [text, floatValue(-Infinity)] as const),
]);

/**
 * The value of a plain scalar without a tag as go-yaml v3 resolves it (go.yaml.in/yaml/v3, resolve.go), which is
 * neither YAML 1.1 nor 1.2: `yes` and `1:30` are text, `017` is octal, `0b101` and `1_000` are integers.
 */
export function resolvePlainScalar(text: string): ResolvedScalar {
  const known = special.get(text);
  if (known !== undefined) return { value: known };
  if (text.startsWith('.')) return { value: dottedFloat(text) ?? stringValue(text) };
  if (!/^[-+0-9]/.test(text)) return { value: stringValue(text) };
  const time = readYamlTimestamp(text);
  if (time !== undefined) return { value: { type: 'time', text: time } };
  const plain = text.replaceAll('_', '');
  const integer = parseGoInteger(plain);
  if (integer !== undefined && fitsInt64(integer)) return { value: { type: 'int', text: String(integer) } };
  if (integer !== undefined && fitsUint64(integer) && /^\d/.test(plain)) {
    return { problem: 'SOPS cannot read an integer above 9223372036854775807. Put it in quotes' };
  }
  if (float.test(plain) && Number.isFinite(Number(plain))) return { value: floatValue(Number(plain)) };
  return { value: stringValue(text) };
}

/** What begins with a dot goes straight to Go's ParseFloat, which lets underscores stand between digits alone. */
function dottedFloat(text: string): SopsValue | undefined {
  if (!/^\.[0-9](_?[0-9])*([eE][-+]?[0-9](_?[0-9])*)?$/.test(text)) return undefined;
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? floatValue(value) : undefined;
}

function floatValue(value: number): SopsValue {
  return { type: 'float', text: formatGoFloat(value) };
}

/** Whether a plain scalar with this text is text for go-yaml, and for other readers, which know more words and numbers. */
export function isPlainText(text: string): boolean {
  const resolved = resolvePlainScalar(text);
  if (!('value' in resolved) || resolved.value.type !== 'str') return false;
  return !/^(?:y|n|yes|no|on|off|<<|=)$/i.test(text) && !/^[-+._]*[0-9][0-9a-f_.,:xo+-]*$|^[0-9]{4}-[0-9]|^\.+$/i.test(text);
}
