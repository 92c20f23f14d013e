import { createServer, type Server } from "node:https";

// Made for tests alone; nobody trusts it, and nothing is protected by it.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgizWsuAPYNEK+Tnyy
llAfZO5h1gIhFKu1ufdHc4UkSrmhRANCAARYYmHmTwrVsx+RBBjzdPUzF+r8r52r
+GmAM3QX8KCzDK2UOk+zmfkeTKnMsqajUxbD3vkSg7eq1Ix5SC1ipAP4
-----END PRIVATE KEY-----`;

const cert = `-----BEGIN CERTIFICATE-----
MIIBYzCCAQigAwIBAgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9sbXMuZXhh
bXBsZS5lZHUwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBoxGDAW
BgNVBAMMD2xtcy5leGFtcGxlLmVkdTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
BFhiYeZPCtWzH5EEGPN09TMX6vyvnav4aYAzdBfwoLMMrZQ6T7OZ+R5MqcyypqNT
FsPe+RKDt6rUjHlILWKkA/ijPTA7MBoGA1UdEQQTMBGCD2xtcy5leGFtcGxlLmVk
dTAdBgNVHQ4EFgQUweDO2WkOQB/zJ+zSjHCno81i58EwCgYIKoZIzj0EAwIDSQAw
RgIhAKK+ryZA3zVRSFKfU+tBPyZ57w3z+tL5KTFtQvzycPh3AiEA2ABgmKaJnzGD
nLePOYrkluhv46h9wc1Q3kmdWeaA5OE=
-----END CERTIFICATE-----`;

/** An https server whose certificate no authority has signed. */
export function selfSignedServer(): Server {
  return createServer({ key, cert }, (_request, response) => response.end("never reached"));
}
