import { performance } from 'node:perf_hooks';
import { type Authenticate, authenticator } from './auth/authenticate.ts';
import type { KnownCredentials } from './auth/knownCredentials.ts';
import type { SessionTokens } from './auth/sessionTokens.ts';
import type { SignedRequest } from './auth/signedRequest.ts';
import type { Administration } from './administration.ts';
import type { EventLog } from './eventLog.ts';
import { type Answer, errorAnswer, jsonAnswer } from './http/answer.ts';
import type { Handler } from './http/handler.ts';
import { answerIam, iamNamespace, isForIam } from './iam/answerIam.ts';
import { KmsException } from './kmsException.ts';
import { operationTable } from './operations/operationTable.ts';
import type { CallNotes, Services } from './pipeline/call.ts';
import { runOperation } from './pipeline/runOperation.ts';
import { answerSts } from './sts/answerSts.ts';
import { queryErrorAnswer, readForm, stsNamespace } from './sts/queryProtocol.ts';
import type { Throttle } from './throttle/throttle.ts';

export interface DispatchParts {
  readonly services: Services;
  readonly credentials: KnownCredentials;
  readonly sessionTokens: SessionTokens;
  readonly administration: Administration;
  readonly log: EventLog;
  readonly throttle: Throttle;
}

interface HandlerParts extends DispatchParts {
  readonly authenticate: Authenticate;
}

/** What is known of a request while it is answered; becomes its call event. */
interface Trace {
  operation: string;
  region: string | null;
  principal: string | null;
  readonly notes: CallNotes;
}

const targetPrefix = 'TrentService.';
const administrationPath = '/_emulator/';

function operationName(request: SignedRequest): string {
  const target = request.headers.get('x-amz-target');
  return target?.startsWith(targetPrefix) === true ? target.slice(targetPrefix.length) : '';
}

async function answerKms(parts: HandlerParts, request: SignedRequest, requestId: string, trace: Trace): Promise<Answer> {
  const { services } = parts;
  const { caller, region } = parts.authenticate(request, 'kms');
  trace.region = region;
  trace.principal = caller.arn;
  if (request.path.startsWith(administrationPath)) {
    Object.assign(trace.notes, { decision: 'allow', reason: "The first account's root administers." });
    return jsonAnswer(200, await parts.administration.answer(request, caller));
  }
  const operation = operationTable.get(trace.operation);
  if (!operation || request.path !== '/') throw new KmsException('UnknownOperationException');
  const { notes } = trace;
  const userAgent = request.headers.get('user-agent');
  const call = { ...services, operation: operation.name, requestId, region, caller, userAgent, now: services.clock.now(), notes, admitted: [] };
  return jsonAnswer(200, await runOperation(operation, call, request.body, parts.throttle));
}

function answerQuery(parts: HandlerParts, request: SignedRequest, _requestId: string, trace: Trace): Answer {
  const form = readForm(request.body);
  const isIam = isForIam(form);
  const { caller, region } = parts.authenticate(request, isIam ? 'iam' : 'sts');
  trace.region = region;
  trace.principal = caller.arn;
  const { services, sessionTokens } = parts;
  const { store, access, clock } = services;
  const userAgent = request.headers.get('user-agent');
  const call = { store, access, sessionTokens, caller, region, userAgent, now: clock.now(), form, notes: trace.notes };
  return isIam ? answerIam(trace.operation, call) : answerSts(trace.operation, call);
}

function traceOf(operation: string): Trace {
  const notes: CallNotes = { keyId: null, encryptionContextKeys: [], decision: 'deny', reason: 'The request was refused before anyone was asked.', statement: null };
  return { operation: operation.slice(0, 64), region: null, principal: null, notes };
}

/** Answers any request that came through the browser guard, and logs it as one call event. */
export function dispatcher(dispatchParts: DispatchParts): Handler {
  const parts = { ...dispatchParts, authenticate: authenticator(dispatchParts.credentials) };
  return async (request, requestId) => {
    const started = performance.now();
    const query = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
    const administration = request.path.startsWith(administrationPath);
    const trace = traceOf(administration ? request.path : query ? (readForm(request.body).get('Action') ?? '') : operationName(request));
    const answerWith = query ? answerQuery : answerKms;
    let error: string | null = null;
    let answer: Answer;
    try {
      answer = await answerWith(parts, request, requestId, trace);
    } catch (cause) {
      const known = cause instanceof KmsException ? cause : new KmsException('KMSInternalException', 'The emulator failed to process the request.');
      error = known.code;
      answer = query ? queryErrorAnswer(known, isForIam(readForm(request.body)) ? iamNamespace : stsNamespace) : errorAnswer(known.status, known.code, known.message);
    }
    const { operation, region, principal, notes } = trace;
    const ms = Math.round((performance.now() - started) * 1000) / 1000;
    await parts.log.call({ event: 'call', operation, region, principal, ...notes, error, ms });
    return answer;
  };
}
