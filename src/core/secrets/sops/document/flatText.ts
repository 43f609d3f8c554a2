import { parseGoFloat } from '../values/goNumber.ts';
import type { SopsValue } from '../values/sopsValue.ts';

/**
 * A value as SOPS writes it into a format that has text alone (getsops/sops, stores/stores.go, ValToString): such a
 * file holds other types when they were set by hand.
 */
export function flatText({ type, text }: SopsValue): string {
  if (type === 'bool') return text.toLowerCase();
  if (type !== 'float') return text;
  const value = parseGoFloat(text);
  if (value === undefined || !Number.isFinite(value)) return text;
  const exponent = Number(value.toExponential().split('e')[1]);
  // Go's format 'G' with the fewest digits writes an exponent below 1e-4 and from 1e21.
  if (exponent >= -4 && exponent < 21) return text.includes('.') ? text : `${text}.0`;
  const [mantissa = '', power = ''] = value.toExponential().split('e');
  return `${mantissa}E${power.slice(0, 1)}${power.slice(1).padStart(2, '0')}`;
}
