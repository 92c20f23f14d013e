import { AccessTokenRejected, PlatformUnavailable, RateLimited } from "../errors.ts";
import type { PlatformReply } from "../http/perform.ts";
import type { ServiceClient, ServiceRequest } from "./service-client.ts";

/**
 * Gives another client for the same endpoints when a token did not last to the end of a walk.
 *
 * `rejected` is absent when the token simply ran out; it may be thrown where no other token
 * would fare better.
 */
export type RenewClient = (
  spent: ServiceClient,
  rejected?: AccessTokenRejected,
) => Promise<ServiceClient>;

/**
 * Waits until a walk may ask for the same page again, which was throttled or not answered so many
 * times in a row; throws where that takes too long.
 */
export type WaitOut = (error: RateLimited | PlatformUnavailable, times: number) => Promise<void>;

/**
 * How often one call may have its token replaced: a cache may hold a newer one, dead as well;
 * what comes after that one is new.
 */
export const MOST_REPLACEMENTS = 2;

/**
 * Sends the requests of one walk: a token that expires or dies on the way is replaced, and a request that was throttled is sent again. So is one that got no answer, once there was a
 * first: a walk that never began loses nothing by beginning later.
 */
export class RenewingClient {
  #hasAnswer = false;

  constructor(
    private client: ServiceClient,
    private readonly renew: RenewClient | undefined,
    private readonly waitOut?: WaitOut,
  ) {}

  async request(request: ServiceRequest): Promise<PlatformReply> {
    for (let times = 1; ; times++) {
      try {
        const reply = await this.#send(request);
        this.#hasAnswer = true;
        return reply;
      } catch (error) {
        if (!this.waitOut || !this.#mayPass(error)) throw error;
        await this.waitOut(error, times);
      }
    }
  }

  #mayPass(error: unknown): error is RateLimited | PlatformUnavailable {
    if (error instanceof RateLimited) return true;
    return this.#hasAnswer && error instanceof PlatformUnavailable;
  }

  async #send(request: ServiceRequest): Promise<PlatformReply> {
    if (!this.renew) return this.client.request(request);
    if (this.client.isExpired) this.client = await this.renew(this.client);
    for (let replacements = 0; ; replacements++) {
      try {
        return await this.client.request(request);
      } catch (error) {
        if (!(error instanceof AccessTokenRejected) || replacements === MOST_REPLACEMENTS)
          throw error;
        this.client = await this.renew(this.client, error);
      }
    }
  }
}
