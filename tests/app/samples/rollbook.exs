# Rollbook beside an Elixir application: elixir rollbook.exs launch|push|feed|webhook …
Mix.install([:req])

defmodule Rollbook do
  # [client]
  def call(method, path, options \\ []) do
    base = System.fetch_env!("ROLLBOOK_URL") <> "/api/v1"
    auth = {:bearer, System.fetch_env!("ROLLBOOK_API_KEY")}
    response = Req.request!([method: method, url: base <> path, auth: auth, retry: false] ++ options)

    if response.status >= 400 do
      raise "#{response.body["code"]}: #{response.body["detail"]}"
    end

    response.body
  end
  # [end]

  # [launch]
  @doc ~S|In the launch handler, once it is checked: Rollbook.report_launch(params["id_token"])|
  def report_launch(id_token) do
    registration = System.fetch_env!("ROLLBOOK_REGISTRATION")
    call(:post, "/registrations/#{registration}/launches", json: %{idToken: id_token})
  end
  # [end]

  # [push]
  @doc "Under the same key a push is done once, however often it is sent."
  def push_scores(course_id, scores, key) do
    push = %{
      lineItem: %{resourceId: "quiz-1", label: "Quiz 1", scoreMaximum: 10},
      acceptance: "what-is-right",
      scores: scores,
      send: true
    }

    call(:post, "/courses/#{course_id}/scores", json: push, headers: [{"idempotency-key", key}])
  end
  # [end]

  # [feed]
  @doc "`keep` stores the changes and the cursor in one transaction."
  def read_feed(cursor, keep, wait \\ 30) do
    params = [wait: wait] ++ if(cursor, do: [after: cursor], else: [])
    page = call(:get, "/changes", params: params, receive_timeout: 60_000)
    keep.(page["items"], page["nextCursor"])

    if page["hasMore"] or page["items"] != [],
      do: read_feed(page["nextCursor"], keep, wait),
      else: page["nextCursor"]
  end
  # [end]

  # [webhook]
  @doc "The change that was posted, from the raw body; :error where it is not Rollbook's."
  def read_webhook(raw_body, %{"webhook-id" => id, "webhook-timestamp" => at} = headers) do
    "whsec_" <> encoded = System.fetch_env!("ROLLBOOK_WEBHOOK_SECRET")
    secret = Base.decode64!(encoded)
    expected = Base.encode64(:crypto.mac(:hmac, :sha256, secret, "#{id}.#{at}.#{raw_body}"))
    is_recent = abs(System.os_time(:second) - String.to_integer(at)) <= 300

    is_ours =
      headers["webhook-signature"]
      |> String.split(" ")
      |> Enum.any?(fn "v1," <> each ->
        byte_size(each) == byte_size(expected) and :crypto.hash_equals(each, expected)
      end)

    if is_recent and is_ours, do: {:ok, JSON.decode!(raw_body)}, else: :error
  end
  # [end]
end

case System.argv() do
  ["launch", id_token] ->
    IO.puts(Rollbook.report_launch(id_token)["course"]["id"])

  ["push", course_id, scores, key] ->
    IO.puts(Rollbook.push_scores(course_id, JSON.decode!(scores), key)["accepted"])

  ["feed", cursor] ->
    keep = fn items, _cursor -> Enum.each(items, &IO.puts(&1["type"])) end
    Rollbook.read_feed(if(cursor == "", do: nil, else: cursor), keep, 0)

  ["webhook", posted] ->
    %{"rawBody" => raw_body, "headers" => headers} = JSON.decode!(posted)

    case Rollbook.read_webhook(raw_body, headers) do
      {:ok, change} -> IO.puts(change["type"])
      :error -> IO.puts("refused")
    end
end
