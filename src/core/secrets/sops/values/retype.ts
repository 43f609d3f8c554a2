import { formatGoFloat, parseGoFloat } from './goNumber.ts';
import { boolValue, stringValue, type SopsType, type SopsValue } from './sopsValue.ts';

/** The value that a person means who typed a text over a value of a type: of the same type if it can be, else a text. */
export function retype(text: string, type: SopsType): SopsValue {
  if (type === 'int' && /^-?(?:0|[1-9]\d{0,17})$/.test(text)) return { type, text };
  if (type === 'bool' && /^(?:true|false)$/i.test(text)) return boolValue(text.toLowerCase() === 'true');
  const float = type === 'float' ? parseGoFloat(text) : undefined;
  return float === undefined ? stringValue(text) : { type: 'float', text: formatGoFloat(float) };
}
