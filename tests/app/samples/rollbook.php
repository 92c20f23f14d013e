<?php
// Rollbook beside a PHP application: php rollbook.php launch|push|feed|webhook …
// [client]
function call(string $method, string $path, ?array $body = null, array $headers = []): array
{
    $request = curl_init(getenv('ROLLBOOK_URL') . '/api/v1' . $path);
    curl_setopt_array($request, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_HTTPHEADER => [
            'Authorization: Bearer ' . getenv('ROLLBOOK_API_KEY'),
            'Content-Type: application/json',
            ...$headers,
        ],
    ]);
    if ($body !== null) {
        curl_setopt($request, CURLOPT_POSTFIELDS, json_encode($body));
    }
    $answer = json_decode(curl_exec($request), true);
    if (curl_getinfo($request, CURLINFO_HTTP_CODE) >= 400) {
        throw new RuntimeException("{$answer['code']}: {$answer['detail']}");
    }
    return $answer;
}
// [end]

// [launch]
/** In the launch handler, once it is checked: report_launch($_POST['id_token']). */
function report_launch(string $idToken): array
{
    $registration = getenv('ROLLBOOK_REGISTRATION');
    return call('POST', "/registrations/$registration/launches", ['idToken' => $idToken]);
}
// [end]

// [push]
/** Under the same key a push is done once, however often it is sent. */
function push_scores(string $courseId, array $scores, ?string $key = null): array
{
    $push = [
        'lineItem' => ['resourceId' => 'quiz-1', 'label' => 'Quiz 1', 'scoreMaximum' => 10],
        'acceptance' => 'what-is-right',
        'scores' => $scores,
        'send' => true,
    ];
    $key ??= bin2hex(random_bytes(16));
    return call('POST', "/courses/$courseId/scores", $push, ["Idempotency-Key: $key"]);
}
// [end]

// [feed]
/** $keep stores the changes and the cursor in one transaction. */
function read_feed(?string $cursor, callable $keep, int $wait = 30): string
{
    for (;;) {
        $after = $cursor ? "&after=$cursor" : '';
        $page = call('GET', "/changes?wait=$wait$after");
        $keep($page['items'], $page['nextCursor']);
        $cursor = $page['nextCursor'];
        if (!$page['hasMore'] && $page['items'] === []) {
            return $cursor;
        }
    }
}
// [end]

// [webhook]
/** The change that was posted, from the raw body (php://input); throws where it is not Rollbook's. */
function read_webhook(string $rawBody, array $headers): array
{
    ['webhook-id' => $id, 'webhook-timestamp' => $at, 'webhook-signature' => $signatures] = $headers;
    if (abs(time() - (int) $at) > 300) {
        throw new InvalidArgumentException('too old');
    }
    $secret = base64_decode(substr(getenv('ROLLBOOK_WEBHOOK_SECRET'), strlen('whsec_')));
    $expected = base64_encode(hash_hmac('sha256', "$id.$at.$rawBody", $secret, true));
    foreach (explode(' ', $signatures) as $signature) {
        if (hash_equals($expected, substr($signature, strlen('v1,')))) {
            return json_decode($rawBody, true);
        }
    }
    throw new InvalidArgumentException('wrong signature');
}
// [end]

[, $what, $first] = $argv;
match ($what) {
    'launch' => print report_launch($first)['course']['id'] . "\n",
    'push' => print push_scores($first, json_decode($argv[3], true), $argv[4])['accepted'] . "\n",
    'feed' => read_feed($first, function (array $items): void {
        foreach ($items as $each) {
            print $each['type'] . "\n";
        }
    }, 0),
    'webhook' => print posted($first) . "\n",
};

function posted(string $json): string
{
    ['rawBody' => $rawBody, 'headers' => $headers] = json_decode($json, true);
    try {
        return read_webhook($rawBody, $headers)['type'];
    } catch (InvalidArgumentException) {
        return 'refused';
    }
}
