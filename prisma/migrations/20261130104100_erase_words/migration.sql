-- Erasing a person takes whole words out of texts: a user ID that is part of another one, or of
-- any other ID, is somebody or something else (lib/db/privacy/words.ts).
CREATE FUNCTION "erase_text"(value text, pattern text, whole text[], instead text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value = ANY (whole) THEN instead
              WHEN pattern IS NULL THEN value
              ELSE regexp_replace(value, pattern, instead, 'g') END
$$;

-- The same in every string of a JSON value, names of fields included; numbers stay what they are.
CREATE FUNCTION "erase_json"(value jsonb, pattern text, whole text[], instead text)
RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN CASE jsonb_typeof(value)
    WHEN 'string' THEN to_jsonb(erase_text(value #>> '{}', pattern, whole, instead))
    WHEN 'array' THEN
      (SELECT coalesce(jsonb_agg(erase_json(item, pattern, whole, instead) ORDER BY place), '[]')
         FROM jsonb_array_elements(value) WITH ORDINALITY AS items(item, place))
    WHEN 'object' THEN
      (SELECT coalesce(jsonb_object_agg(erase_text(field, pattern, whole, instead),
                                        erase_json(held, pattern, whole, instead)), '{}')
         FROM jsonb_each(value) AS fields(field, held))
    ELSE value END;
END $$;
