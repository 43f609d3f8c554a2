import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { ClientConfig } from '../clientConfig.ts';
import { accessAnalyzerPlace } from '../http/serviceEndpoint.ts';
import { signedFetch } from '../http/signedFetch.ts';
import { mapError } from '../mapError.ts';

export interface AnalyzerCall {
  readonly operation: 'ValidatePolicy' | 'CheckNoPublicAccess';
  /** As in `/policy/validation`, with its query. */
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
}

/** Calls IAM Access Analyzer by its REST protocol and gives the JSON of its answer. Rejects with a KmsExplorerError. */
export async function analyzerRequest(config: ClientConfig, region: string, isEmulator: boolean, call: AnalyzerCall, signal: AbortSignal): Promise<unknown> {
  if (isEmulator) throw new KmsExplorerError('UNSUPPORTED_OPERATION', 'IAM Access Analyzer is a service of AWS, which the local emulator does not have. Choose an AWS profile with "KMS: Select Backend".');
  const endpoint = config.endpoints.accessanalyzer ?? accessAnalyzerPlace(region).endpoint;
  const post = { service: 'access-analyzer', region, url: new URL(call.path, endpoint), contentType: 'application/json', body: JSON.stringify(call.body) };
  try {
    const answer = await signedFetch(config, post, signal);
    const text = await answer.text();
    if (!answer.ok) throw refusal(answer, text, call.operation);
    return JSON.parse(text);
  } catch (error) {
    throw mapError(error, { operation: call.operation, region, endpoint, isEmulator });
  }
}

/** Access Analyzer's own refusal, with the name of its exception for the error map. */
function refusal(answer: Response, text: string, operation: string): Error {
  const name = answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? 'UnknownError';
  const message = messageOf(text);
  if (name === 'AccessDeniedException') {
    const words = `IAM Access Analyzer refused; the permission access-analyzer:${operation} is needed. Its words: ${message}`;
    return new KmsExplorerError('ACCESS_DENIED', words, { serviceCode: name });
  }
  return Object.assign(new Error(message), { name });
}

function messageOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null && 'message' in answer && typeof answer.message === 'string' ? answer.message : '';
  } catch {
    return '';
  }
}
