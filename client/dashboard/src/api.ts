// The daemon's services, typed from proto/, over Connect with binary messages.
import { Code, ConnectError, createClient, type Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import { AdminService } from './gen/claimwatch/v1/admin_pb';
import { AlertService } from './gen/claimwatch/v1/alert_pb';
import { ArticleService } from './gen/claimwatch/v1/article_pb';
import { ClaimService } from './gen/claimwatch/v1/claim_pb';
import { StoryService } from './gen/claimwatch/v1/story_pb';
import { ErrorInfoSchema } from './gen/google/rpc/error_details_pb';

const tokenKey = 'claimwatch.token';

// Kept for this tab only; the daemon asks for one when it has a list of credentials.
export const credentials = {
  get: () => sessionStorage.getItem(tokenKey) ?? '',
  set: (token: string) => sessionStorage.setItem(tokenKey, token),
  forget: () => sessionStorage.removeItem(tokenKey),
};

const withToken: Interceptor = (next) => (request) => {
  const token = credentials.get();
  if (token !== '') request.header.set('Authorization', `Bearer ${token}`);
  return next(request);
};

const transport = createConnectTransport({
  baseUrl: '/',
  useBinaryFormat: true,
  interceptors: [withToken],
});

export const admin = createClient(AdminService, transport);
export const alerts = createClient(AlertService, transport);
export const articles = createClient(ArticleService, transport);
export const claims = createClient(ClaimService, transport);
export const stories = createClient(StoryService, transport);

// The daemon's own word for what went wrong: "TOKEN_TOO_OLD"; empty: it was never reached.
export function reasonOf(error: unknown): string {
  return ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason ?? '';
}

export function needsToken(error: unknown): boolean {
  return ConnectError.from(error).code === Code.Unauthenticated;
}

// For people.
export function messageOf(error: unknown): string {
  const told = ConnectError.from(error);
  if (reasonOf(error) === '' && told.code === Code.Unknown) return 'the daemon cannot be reached';
  return told.rawMessage;
}
