-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: employers.sums.now
SELECT
  "t6"."leaf_id",
  "t6"."day",
  COUNT(*) AS "employers.total",
  COUNT(*) FILTER(WHERE
    "t6"."nature" = '企业') AS "employers.enterprises",
  COUNT(*) FILTER(WHERE
    (
      "t6"."nature" = '企业'
    ) AND (
      "t6"."staff" >= 100
    )) AS "employers.over100",
  SUM(CAST("t6"."staff" AS BIGINT)) AS "employers.staff",
  COUNT(*) FILTER(WHERE
    "t6"."staff" = 0) AS "employers.unstaffed"
FROM (
  SELECT
    "t5"."day",
    "t5"."code",
    "t5"."name",
    "t5"."nature",
    "t5"."staff",
    "t5"."entry_id" AS "entity_id",
    "t5"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t2"."day",
      "t2"."year_from",
      "t2"."ago_15",
      "t4"."entry_id",
      "t4"."code",
      "t4"."name",
      "t4"."area_id",
      "t4"."nature",
      "t4"."staff",
      "t4"."status"
    FROM "days" AS "t2"
    INNER JOIN (
      SELECT
        *
      FROM "employers_employerversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t4"
      ON "t4"."valid_from" <= "t2"."day"
      AND (
        (
          "t4"."valid_to" IS NULL
        ) OR (
          "t4"."valid_to" > "t2"."day"
        )
      )
  ) AS "t5"
  WHERE
    "t5"."status" = '在业'
) AS "t6"
GROUP BY
  1,
  2

-- name: employers.sums.known
SELECT
  "t5"."leaf_id",
  "t5"."day",
  COUNT(*) AS "employers.total",
  COUNT(*) FILTER(WHERE
    "t5"."nature" = '企业') AS "employers.enterprises",
  COUNT(*) FILTER(WHERE
    (
      "t5"."nature" = '企业'
    ) AND (
      "t5"."staff" >= 100
    )) AS "employers.over100",
  SUM(CAST("t5"."staff" AS BIGINT)) AS "employers.staff",
  COUNT(*) FILTER(WHERE
    "t5"."staff" = 0) AS "employers.unstaffed"
FROM (
  SELECT
    "t4"."day",
    "t4"."code",
    "t4"."name",
    "t4"."nature",
    "t4"."staff",
    "t4"."entry_id" AS "entity_id",
    "t4"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t2"."day",
      "t2"."year_from",
      "t2"."ago_15",
      "t3"."entry_id",
      "t3"."code",
      "t3"."name",
      "t3"."area_id",
      "t3"."nature",
      "t3"."staff",
      "t3"."status"
    FROM "days" AS "t2"
    INNER JOIN "employers_employerversion" AS "t3"
      ON "t3"."valid_from" <= "t2"."day"
      AND (
        (
          "t3"."valid_to" IS NULL
        ) OR (
          "t3"."valid_to" > "t2"."day"
        )
      )
      AND "t3"."added_in" <= "t2"."known"
      AND (
        (
          "t3"."removed_in" IS NULL
        ) OR (
          "t3"."removed_in" > "t2"."known"
        )
      )
  ) AS "t4"
  WHERE
    "t4"."status" = '在业'
) AS "t5"
GROUP BY
  1,
  2
