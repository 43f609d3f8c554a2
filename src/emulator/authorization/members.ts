import type { Input } from '../pipeline/memberRules.ts';

/** Members of a validated request, by what they are; undefined for one that was not sent. */

export function textOf(input: Input, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(input: Input, name: string): number | undefined {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
}

export function flagOf(input: Input, name: string): boolean | undefined {
  const value = input[name];
  return typeof value === 'boolean' ? value : undefined;
}

export function textsOf(input: Input, name: string): readonly string[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}

export function structureOf(input: Input, name: string): Input | undefined {
  const value = input[name];
  return isInput(value) ? value : undefined;
}

export function structuresOf(input: Input, name: string): readonly Input[] | undefined {
  const value = input[name];
  return Array.isArray(value) ? value.filter(isInput) : undefined;
}

/** A map of texts, such as an encryption context. */
export function textMapOf(input: Input, name: string): Readonly<Record<string, string>> | undefined {
  const value = input[name];
  return isTextMap(value) ? value : undefined;
}

function isInput(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isInput(value) && Object.values(value).every((member) => typeof member === 'string');
}
