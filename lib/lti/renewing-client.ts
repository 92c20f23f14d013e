import { AccessTokenRejected } from "./errors.ts";
import type { PlatformReply } from "./http.ts";
import type { ServiceClient, ServiceRequest } from "./service-client.ts";

/**
 * Gives another client for the same endpoints when a token did not last to the end of a walk.
 *
 * `rejected` is absent when the token simply ran out.
 */
export type RenewClient = (
  spent: ServiceClient,
  rejected?: AccessTokenRejected,
) => Promise<ServiceClient>;

/** Sends the requests of one walk; a token that expires or dies on the way is replaced once each. */
export class RenewingClient {
  constructor(
    private client: ServiceClient,
    private readonly renew: RenewClient | undefined,
  ) {}

  async request(request: ServiceRequest): Promise<PlatformReply> {
    if (!this.renew) return this.client.request(request);
    if (this.client.isExpired) this.client = await this.renew(this.client);
    try {
      return await this.client.request(request);
    } catch (error) {
      if (!(error instanceof AccessTokenRejected)) throw error;
      this.client = await this.renew(this.client, error);
      return this.client.request(request);
    }
  }
}
