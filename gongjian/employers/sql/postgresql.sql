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

-- name: employers.rows.now
SELECT
  "t5"."day",
  "t5"."entry_id" AS "entity_id",
  "t5"."area_id" AS "leaf_id",
  "t5"."code" AS "key",
  "t5"."name",
  CAST(1 AS BIGINT) AS "employers.total",
  CASE WHEN "t5"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.enterprises",
  CASE
    WHEN (
      "t5"."nature" = '企业'
    ) AND (
      "t5"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "employers.over100",
  CAST("t5"."staff" AS BIGINT) AS "employers.staff",
  CASE WHEN "t5"."staff" = 0 THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.unstaffed"
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

-- name: employers.rows.known
SELECT
  "t4"."day",
  "t4"."entry_id" AS "entity_id",
  "t4"."area_id" AS "leaf_id",
  "t4"."code" AS "key",
  "t4"."name",
  CAST(1 AS BIGINT) AS "employers.total",
  CASE WHEN "t4"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.enterprises",
  CASE
    WHEN (
      "t4"."nature" = '企业'
    ) AND (
      "t4"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "employers.over100",
  CAST("t4"."staff" AS BIGINT) AS "employers.staff",
  CASE WHEN "t4"."staff" = 0 THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.unstaffed"
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

-- name: employers.rows.now.entities
SELECT
  "t8"."day",
  "t8"."entry_id" AS "entity_id",
  "t8"."area_id" AS "leaf_id",
  "t8"."code" AS "key",
  "t8"."name",
  CAST(1 AS BIGINT) AS "employers.total",
  CASE WHEN "t8"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.enterprises",
  CASE
    WHEN (
      "t8"."nature" = '企业'
    ) AND (
      "t8"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "employers.over100",
  CAST("t8"."staff" AS BIGINT) AS "employers.staff",
  CASE WHEN "t8"."staff" = 0 THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.unstaffed"
FROM (
  SELECT
    "t3"."day",
    "t3"."year_from",
    "t3"."ago_15",
    "t7"."entry_id",
    "t7"."code",
    "t7"."name",
    "t7"."area_id",
    "t7"."nature",
    "t7"."staff",
    "t7"."status"
  FROM "days" AS "t3"
  INNER JOIN (
    SELECT
      *
    FROM (
      SELECT
        *
      FROM "employers_employerversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t5"
    WHERE
      "t5"."entry_id" IN (
        SELECT
          *
        FROM "chosen" AS "t2"
      )
  ) AS "t7"
    ON "t7"."valid_from" <= "t3"."day"
    AND (
      (
        "t7"."valid_to" IS NULL
      ) OR (
        "t7"."valid_to" > "t3"."day"
      )
    )
) AS "t8"
WHERE
  "t8"."status" = '在业'

-- name: employers.rows.known.entities
SELECT
  "t7"."day",
  "t7"."entry_id" AS "entity_id",
  "t7"."area_id" AS "leaf_id",
  "t7"."code" AS "key",
  "t7"."name",
  CAST(1 AS BIGINT) AS "employers.total",
  CASE WHEN "t7"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.enterprises",
  CASE
    WHEN (
      "t7"."nature" = '企业'
    ) AND (
      "t7"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "employers.over100",
  CAST("t7"."staff" AS BIGINT) AS "employers.staff",
  CASE WHEN "t7"."staff" = 0 THEN CAST(1 AS BIGINT) ELSE NULL END AS "employers.unstaffed"
FROM (
  SELECT
    "t3"."day",
    "t3"."year_from",
    "t3"."ago_15",
    "t6"."entry_id",
    "t6"."code",
    "t6"."name",
    "t6"."area_id",
    "t6"."nature",
    "t6"."staff",
    "t6"."status"
  FROM "days" AS "t3"
  INNER JOIN (
    SELECT
      *
    FROM "employers_employerversion" AS "t1"
    WHERE
      "t1"."entry_id" IN (
        SELECT
          *
        FROM "chosen" AS "t2"
      )
  ) AS "t6"
    ON "t6"."valid_from" <= "t3"."day"
    AND (
      (
        "t6"."valid_to" IS NULL
      ) OR (
        "t6"."valid_to" > "t3"."day"
      )
    )
    AND "t6"."added_in" <= "t3"."known"
    AND (
      (
        "t6"."removed_in" IS NULL
      ) OR (
        "t6"."removed_in" > "t3"."known"
      )
    )
) AS "t7"
WHERE
  "t7"."status" = '在业'

-- name: employers.reads
employers area_id code name nature staff status
