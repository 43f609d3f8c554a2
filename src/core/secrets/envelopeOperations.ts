import { openMessage } from './envelope/openMessage.ts';
import { contextOfCaller, requireMessageContext, sealMessage } from './envelope/sealMessage.ts';

/** Messages of the AWS Encryption SDK as the features load them when a text first needs them: a bundle of its own. */
export const envelopeOperations = { contextOfCaller, openMessage, requireMessageContext, sealMessage };

export type EnvelopeOperations = typeof envelopeOperations;
