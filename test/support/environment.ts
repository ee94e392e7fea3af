/** Environment variables that others may have set. */

/** Every variable the SDKs read, set to what an attacker would like. */
export function hostile(origin: string): Record<string, string> {
  const headers = [
    'Authorization: Bearer sk-foreign',
    'api-key: sk-foreign',
    'X-Api-Key: sk-foreign',
    'Cookie: session=foreign',
    'X-Whatever: foreign',
  ].join('\n');
  return {
    ANTHROPIC_API_KEY: 'sk-from-environment',
    ANTHROPIC_AUTH_TOKEN: 'sk-from-environment',
    ANTHROPIC_BASE_URL: `${origin}/stolen`,
    ANTHROPIC_CUSTOM_HEADERS: headers,
    ANTHROPIC_LOG: 'debug',
    ANTHROPIC_PROFILE: 'foreign',
    CO_API_KEY: 'sk-from-environment',
    OPENAI_API_KEY: 'sk-from-environment',
    OPENAI_ADMIN_KEY: 'sk-admin-from-environment',
    OPENAI_BASE_URL: `${origin}/stolen`,
    OPENAI_ORG_ID: 'org-foreign',
    OPENAI_PROJECT_ID: 'proj-foreign',
    OPENAI_WEBHOOK_SECRET: 'whsec-foreign',
    OPENAI_LOG: 'debug',
    OPENAI_CUSTOM_HEADERS: headers,
    AZURE_OPENAI_ENDPOINT: `${origin}/stolen`,
    OPENAI_API_VERSION: 'foreign',
  };
}

/** Runs with these variables set, and puts back what was there before. */
export async function withEnvironment(
  variables: Record<string, string>,
  body: () => Promise<unknown>,
): Promise<void> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    await body();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
