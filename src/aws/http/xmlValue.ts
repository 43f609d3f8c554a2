import { parseXML } from '@aws-sdk/xml-builder';

/** An element's children by name. */
interface XmlElement {
  readonly [name: string]: string | undefined | XmlElement | readonly XmlValue[];
}

/** What the SDK's parser makes of an element: its text, or its children. Elements that repeat are an array. */
export type XmlValue = string | undefined | XmlElement | readonly XmlValue[];

/** Undefined for what holds anything but elements and texts. Throws what the parser throws at a text that is no XML. */
export function parseXmlText(text: string): XmlValue {
  const parsed: unknown = parseXML(text);
  return isXmlValue(parsed) ? parsed : undefined;
}

function isXmlValue(value: unknown): value is XmlValue {
  if (value === undefined || typeof value === 'string') return true;
  return typeof value === 'object' && value !== null && Object.values(value).every(isXmlValue);
}

function isElement(value: XmlValue): value is XmlElement {
  return typeof value === 'object' && !Array.isArray(value);
}

export function childOf(value: XmlValue, name: string): XmlValue {
  return isElement(value) ? value[name] : undefined;
}

export function textOf(value: XmlValue, name: string): string | undefined {
  const child = childOf(value, name);
  return typeof child === 'string' ? child : undefined;
}

/** The members of a list of the Query protocol; an empty list is an empty text to the parser. */
export function membersOf(value: XmlValue, name: string): readonly XmlValue[] {
  return listIn(childOf(value, name), 'member');
}

/** The children of one name; a single one is no array to the parser. */
export function listIn(value: XmlValue, name: string): readonly XmlValue[] {
  const children = childOf(value, name);
  if (children === undefined) return [];
  return isArray(children) ? children : [children];
}

function isArray(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value);
}
