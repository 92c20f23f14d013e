import { AccessTokenRejected, RateLimited } from "./errors.ts";
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

/** Waits until a throttled walk may go on with the same page; throws where that takes too long. */
export type WaitOut = (limited: RateLimited) => Promise<void>;

/**
 * Sends the requests of one walk: a token that expires or dies on the way is replaced once each,
 * and a request that was throttled is sent again.
 */
export class RenewingClient {
  constructor(
    private client: ServiceClient,
    private readonly renew: RenewClient | undefined,
    private readonly waitOut?: WaitOut,
  ) {}

  async request(request: ServiceRequest): Promise<PlatformReply> {
    for (;;) {
      try {
        return await this.#send(request);
      } catch (error) {
        if (!this.waitOut || !(error instanceof RateLimited)) throw error;
        await this.waitOut(error);
      }
    }
  }

  async #send(request: ServiceRequest): Promise<PlatformReply> {
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
