import { startSignedServer, type SignedReply, type SignedServer } from '../http/signedServer.ts';

/** What a check is answered with: a status, the name of an exception where it is one, and the JSON. */
export interface AnalyzerReply {
  readonly status?: number;
  readonly exception?: string;
  readonly body: object;
}

/** A server in place of IAM Access Analyzer. What it says of a policy is for `reply` to tell, by the path of the check. */
export async function startAnalyzerServer(secretAccessKey: string, reply: (url: string) => AnalyzerReply): Promise<SignedServer> {
  return startSignedServer({
    service: 'access-analyzer',
    secretAccessKey,
    reply: ({ url }) => asJson(reply(url)),
    refusal: (message) => asJson({ status: 403, exception: 'InvalidSignatureException', body: { message } }),
  });
}

function asJson({ status = 200, exception, body }: AnalyzerReply): SignedReply {
  const kind = exception === undefined ? {} : { 'x-amzn-ErrorType': `${exception}:http://internal.amazon.com/` };
  return { status, headers: { 'Content-Type': 'application/json', ...kind }, body: JSON.stringify(body) };
}
