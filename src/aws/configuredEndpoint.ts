import { loadConfig } from '@smithy/core/config';
import type { ServiceName } from './clientConfig.ts';

/**
 * The endpoint that the user's own configuration names for a service, or undefined for AWS's own. The SDK's clients
 * read it from the default profile only, so it is resolved here for the chosen one, in the order of
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html: the service's environment variable, the
 * general one, the profile's `services` section, the profile's `endpoint_url`.
 */
export async function configuredEndpoint(service: ServiceName, profile: string | undefined): Promise<string | undefined> {
  const endpoint = await loadConfig(
    {
      environmentVariableSelector: (environment) =>
        isIgnored(environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])
          ? none
          : [environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`], environment['AWS_ENDPOINT_URL']].find(Boolean),
      configFileSelector: (section, file) => {
        if (isIgnored(section['ignore_configured_endpoint_urls'])) return none;
        const services = section['services'] === undefined ? undefined : file?.[`services.${section['services']}`];
        return services?.[`${service}.endpoint_url`] ?? section['endpoint_url'];
      },
      default: none,
    },
    profile === undefined ? {} : { profile },
  )();
  return endpoint === none ? undefined : endpoint;
}

/** loadConfig takes undefined for "look further"; this ends the search. */
const none = '';

function isIgnored(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
