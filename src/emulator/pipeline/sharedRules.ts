import { flag, integer, listOf, text, textMap } from './memberRules.ts';

/** Lengths and patterns that several operations share (https://docs.aws.amazon.com/kms/latest/APIReference/API_Types.html). */

export const keyIdRule = text({ min: 1, max: 2048 });
export const aliasNameRule = text({ min: 1, max: 256, pattern: /^[a-zA-Z0-9:/_-]+$/ });
export const descriptionRule = text({ max: 8192 });
export const policyRule = text({ min: 1, max: 131_072 });
export const policyNameRule = text({ min: 1, max: 128, pattern: /^[\w]+$/ });
export const markerRule = text({ min: 1, max: 1024, pattern: /^[\u0020-\u00FF]*$/ });
export const limitRule = integer(1, 1000);
export const contextRule = textMap;
export const grantTokensRule = listOf(text({ min: 1, max: 8192 }), { max: 10 });
export const tagKeyRule = text({ min: 1, max: 128 });
export const tagValueRule = text({ max: 256 });
export const dryRunRule = flag;
