import { KmsExplorerError } from '../../core/kms/errorCode.ts';
import type { ClientConfig } from '../clientConfig.ts';
import { iamPlace } from '../http/serviceEndpoint.ts';
import { signedFetch } from '../http/signedFetch.ts';
import { mapError } from '../mapError.ts';
import { childOf, parseXmlText, textOf, type XmlValue } from '../http/xmlValue.ts';

/** Calls an action of IAM by its Query protocol and gives its result. Rejects with a KmsExplorerError. `region` names the partition. */
export async function iamRequest(
  config: ClientConfig,
  region: string,
  isEmulator: boolean,
  parameters: Readonly<Record<'Action', string> & Record<string, string>>,
  signal: AbortSignal,
): Promise<XmlValue> {
  const place = iamPlace(region);
  const endpoint = config.endpoints.iam ?? place.endpoint;
  const body = new URLSearchParams({ ...parameters, Version: '2010-05-08' }).toString();
  const post = { service: 'iam', region: place.region, url: new URL(endpoint), contentType: 'application/x-www-form-urlencoded; charset=utf-8', body };
  try {
    const answer = await signedFetch(config, post, signal);
    const xml = parseXmlText(await answer.text());
    if (!answer.ok) throw refusal(xml, parameters.Action);
    return childOf(childOf(xml, `${parameters.Action}Response`), `${parameters.Action}Result`);
  } catch (error) {
    throw mapError(error, { operation: parameters.Action, region: place.region, endpoint, isEmulator });
  }
}

/** IAM's own refusal, with the name of its code for the error map. */
function refusal(xml: XmlValue, action: string): Error {
  const fault = childOf(childOf(xml, 'ErrorResponse'), 'Error');
  const name = textOf(fault, 'Code') ?? 'UnknownError';
  const message = textOf(fault, 'Message') ?? '';
  if (name === 'AccessDenied') {
    const words = `IAM refused to tell the policies of users and roles; the permission iam:${action} is needed. IAM's words: ${message}`;
    return new KmsExplorerError('ACCESS_DENIED', words, { serviceCode: name });
  }
  return Object.assign(new Error(message), { name });
}
