-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: covered.sums.now
SELECT
  "t18"."day",
  "t18"."leaf_id",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t18"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    (
      "t18"."nature" = '企业'
    ) AND (
      "t18"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t18"."staff" AS BIGINT)) AS "coverage.staff"
FROM (
  SELECT
    "t15"."day",
    "t15"."code",
    "t15"."name",
    "t15"."nature",
    "t15"."staff",
    "t15"."entity_id",
    "t15"."leaf_id"
  FROM (
    SELECT
      "t11"."day",
      "t11"."code",
      "t11"."name",
      "t11"."nature",
      "t11"."staff",
      "t11"."entry_id" AS "entity_id",
      "t11"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t8"."entry_id",
        "t8"."code",
        "t8"."name",
        "t8"."area_id",
        "t8"."nature",
        "t8"."staff",
        "t8"."status"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "employers_employerversion" AS "t1"
        WHERE
          "t1"."removed_in" IS NULL
      ) AS "t8"
        ON "t8"."valid_from" <= "t4"."day"
        AND (
          (
            "t8"."valid_to" IS NULL
          ) OR (
            "t8"."valid_to" > "t4"."day"
          )
        )
    ) AS "t11"
    WHERE
      "t11"."status" = '在业'
  ) AS "t15"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t9"."entry_id",
          "t9"."union_id",
          "t9"."employer_id"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "unions_coverageversion" AS "t2"
          WHERE
            "t2"."removed_in" IS NULL
        ) AS "t9"
          ON "t9"."valid_from" <= "t4"."day"
          AND (
            (
              "t9"."valid_to" IS NULL
            ) OR (
              "t9"."valid_to" > "t4"."day"
            )
          )
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t4"."day",
                "t10"."entry_id"
              FROM "days" AS "t4"
              INNER JOIN (
                SELECT
                  *
                FROM "unions_unionversion" AS "t3"
                WHERE
                  "t3"."removed_in" IS NULL
              ) AS "t10"
                ON "t10"."valid_from" <= "t4"."day"
                AND (
                  (
                    "t10"."valid_to" IS NULL
                  ) OR (
                    "t10"."valid_to" > "t4"."day"
                  )
                )
            ) AS "t13"
            WHERE
              "t4"."day" = "t13"."day" AND "t9"."union_id" = "t13"."entry_id"
          )
      ) AS "t17"
      WHERE
        "t15"."day" = "t17"."day" AND "t15"."entity_id" = "t17"."employer_id"
    )
) AS "t18"
GROUP BY
  1,
  2

-- name: covered.sums.known
SELECT
  "t15"."day",
  "t15"."leaf_id",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t15"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    (
      "t15"."nature" = '企业'
    ) AND (
      "t15"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t15"."staff" AS BIGINT)) AS "coverage.staff"
FROM (
  SELECT
    "t12"."day",
    "t12"."code",
    "t12"."name",
    "t12"."nature",
    "t12"."staff",
    "t12"."entity_id",
    "t12"."leaf_id"
  FROM (
    SELECT
      "t8"."day",
      "t8"."code",
      "t8"."name",
      "t8"."nature",
      "t8"."staff",
      "t8"."entry_id" AS "entity_id",
      "t8"."area_id" AS "leaf_id"
    FROM (
      SELECT
        "t4"."day",
        "t5"."entry_id",
        "t5"."code",
        "t5"."name",
        "t5"."area_id",
        "t5"."nature",
        "t5"."staff",
        "t5"."status"
      FROM "days" AS "t4"
      INNER JOIN "employers_employerversion" AS "t5"
        ON "t5"."valid_from" <= "t4"."day"
        AND (
          (
            "t5"."valid_to" IS NULL
          ) OR (
            "t5"."valid_to" > "t4"."day"
          )
        )
        AND "t5"."added_in" <= "t4"."known"
        AND (
          (
            "t5"."removed_in" IS NULL
          ) OR (
            "t5"."removed_in" > "t4"."known"
          )
        )
    ) AS "t8"
    WHERE
      "t8"."status" = '在业'
  ) AS "t12"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t6"."entry_id",
          "t6"."union_id",
          "t6"."employer_id"
        FROM "days" AS "t4"
        INNER JOIN "unions_coverageversion" AS "t6"
          ON "t6"."valid_from" <= "t4"."day"
          AND (
            (
              "t6"."valid_to" IS NULL
            ) OR (
              "t6"."valid_to" > "t4"."day"
            )
          )
          AND "t6"."added_in" <= "t4"."known"
          AND (
            (
              "t6"."removed_in" IS NULL
            ) OR (
              "t6"."removed_in" > "t4"."known"
            )
          )
        WHERE
          EXISTS(
            SELECT
              1
            FROM (
              SELECT
                "t4"."day",
                "t7"."entry_id"
              FROM "days" AS "t4"
              INNER JOIN "unions_unionversion" AS "t7"
                ON "t7"."valid_from" <= "t4"."day"
                AND (
                  (
                    "t7"."valid_to" IS NULL
                  ) OR (
                    "t7"."valid_to" > "t4"."day"
                  )
                )
                AND "t7"."added_in" <= "t4"."known"
                AND (
                  (
                    "t7"."removed_in" IS NULL
                  ) OR (
                    "t7"."removed_in" > "t4"."known"
                  )
                )
            ) AS "t10"
            WHERE
              "t4"."day" = "t10"."day" AND "t6"."union_id" = "t10"."entry_id"
          )
      ) AS "t14"
      WHERE
        "t12"."day" = "t14"."day" AND "t12"."entity_id" = "t14"."employer_id"
    )
) AS "t15"
GROUP BY
  1,
  2

-- name: covered.rows.now
SELECT
  "t15"."day",
  "t15"."entity_id",
  "t15"."leaf_id",
  "t15"."code" AS "key",
  "t15"."name",
  CAST(1 AS BIGINT) AS "coverage.units",
  CASE WHEN "t15"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "coverage.enterprises",
  CASE
    WHEN (
      "t15"."nature" = '企业'
    ) AND (
      "t15"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "coverage.over100",
  CAST("t15"."staff" AS BIGINT) AS "coverage.staff"
FROM (
  SELECT
    "t11"."day",
    "t11"."code",
    "t11"."name",
    "t11"."nature",
    "t11"."staff",
    "t11"."entry_id" AS "entity_id",
    "t11"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t4"."day",
      "t8"."entry_id",
      "t8"."code",
      "t8"."name",
      "t8"."area_id",
      "t8"."nature",
      "t8"."staff",
      "t8"."status"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "employers_employerversion" AS "t1"
      WHERE
        "t1"."removed_in" IS NULL
    ) AS "t8"
      ON "t8"."valid_from" <= "t4"."day"
      AND (
        (
          "t8"."valid_to" IS NULL
        ) OR (
          "t8"."valid_to" > "t4"."day"
        )
      )
  ) AS "t11"
  WHERE
    "t11"."status" = '在业'
) AS "t15"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t4"."day",
        "t9"."entry_id",
        "t9"."union_id",
        "t9"."employer_id"
      FROM "days" AS "t4"
      INNER JOIN (
        SELECT
          *
        FROM "unions_coverageversion" AS "t2"
        WHERE
          "t2"."removed_in" IS NULL
      ) AS "t9"
        ON "t9"."valid_from" <= "t4"."day"
        AND (
          (
            "t9"."valid_to" IS NULL
          ) OR (
            "t9"."valid_to" > "t4"."day"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t4"."day",
              "t10"."entry_id"
            FROM "days" AS "t4"
            INNER JOIN (
              SELECT
                *
              FROM "unions_unionversion" AS "t3"
              WHERE
                "t3"."removed_in" IS NULL
            ) AS "t10"
              ON "t10"."valid_from" <= "t4"."day"
              AND (
                (
                  "t10"."valid_to" IS NULL
                ) OR (
                  "t10"."valid_to" > "t4"."day"
                )
              )
          ) AS "t13"
          WHERE
            "t4"."day" = "t13"."day" AND "t9"."union_id" = "t13"."entry_id"
        )
    ) AS "t17"
    WHERE
      "t15"."day" = "t17"."day" AND "t15"."entity_id" = "t17"."employer_id"
  )

-- name: covered.rows.known
SELECT
  "t12"."day",
  "t12"."entity_id",
  "t12"."leaf_id",
  "t12"."code" AS "key",
  "t12"."name",
  CAST(1 AS BIGINT) AS "coverage.units",
  CASE WHEN "t12"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "coverage.enterprises",
  CASE
    WHEN (
      "t12"."nature" = '企业'
    ) AND (
      "t12"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "coverage.over100",
  CAST("t12"."staff" AS BIGINT) AS "coverage.staff"
FROM (
  SELECT
    "t8"."day",
    "t8"."code",
    "t8"."name",
    "t8"."nature",
    "t8"."staff",
    "t8"."entry_id" AS "entity_id",
    "t8"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t4"."day",
      "t5"."entry_id",
      "t5"."code",
      "t5"."name",
      "t5"."area_id",
      "t5"."nature",
      "t5"."staff",
      "t5"."status"
    FROM "days" AS "t4"
    INNER JOIN "employers_employerversion" AS "t5"
      ON "t5"."valid_from" <= "t4"."day"
      AND (
        (
          "t5"."valid_to" IS NULL
        ) OR (
          "t5"."valid_to" > "t4"."day"
        )
      )
      AND "t5"."added_in" <= "t4"."known"
      AND (
        (
          "t5"."removed_in" IS NULL
        ) OR (
          "t5"."removed_in" > "t4"."known"
        )
      )
  ) AS "t8"
  WHERE
    "t8"."status" = '在业'
) AS "t12"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t4"."day",
        "t6"."entry_id",
        "t6"."union_id",
        "t6"."employer_id"
      FROM "days" AS "t4"
      INNER JOIN "unions_coverageversion" AS "t6"
        ON "t6"."valid_from" <= "t4"."day"
        AND (
          (
            "t6"."valid_to" IS NULL
          ) OR (
            "t6"."valid_to" > "t4"."day"
          )
        )
        AND "t6"."added_in" <= "t4"."known"
        AND (
          (
            "t6"."removed_in" IS NULL
          ) OR (
            "t6"."removed_in" > "t4"."known"
          )
        )
      WHERE
        EXISTS(
          SELECT
            1
          FROM (
            SELECT
              "t4"."day",
              "t7"."entry_id"
            FROM "days" AS "t4"
            INNER JOIN "unions_unionversion" AS "t7"
              ON "t7"."valid_from" <= "t4"."day"
              AND (
                (
                  "t7"."valid_to" IS NULL
                ) OR (
                  "t7"."valid_to" > "t4"."day"
                )
              )
              AND "t7"."added_in" <= "t4"."known"
              AND (
                (
                  "t7"."removed_in" IS NULL
                ) OR (
                  "t7"."removed_in" > "t4"."known"
                )
              )
          ) AS "t10"
          WHERE
            "t4"."day" = "t10"."day" AND "t6"."union_id" = "t10"."entry_id"
        )
    ) AS "t14"
    WHERE
      "t12"."day" = "t14"."day" AND "t12"."entity_id" = "t14"."employer_id"
  )

-- name: unions.sums.now
SELECT
  "t6"."day",
  "t6"."leaf_id",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base"
FROM (
  SELECT
    "t5"."day",
    "t5"."code",
    "t5"."name",
    "t5"."kind",
    "t5"."entry_id" AS "entity_id",
    "t5"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t2"."day",
      "t4"."entry_id",
      "t4"."code",
      "t4"."name",
      "t4"."kind",
      "t4"."area_id"
    FROM "days" AS "t2"
    INNER JOIN (
      SELECT
        *
      FROM "unions_unionversion" AS "t1"
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
) AS "t6"
GROUP BY
  1,
  2

-- name: unions.sums.known
SELECT
  "t5"."day",
  "t5"."leaf_id",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base"
FROM (
  SELECT
    "t4"."day",
    "t4"."code",
    "t4"."name",
    "t4"."kind",
    "t4"."entry_id" AS "entity_id",
    "t4"."area_id" AS "leaf_id"
  FROM (
    SELECT
      "t2"."day",
      "t3"."entry_id",
      "t3"."code",
      "t3"."name",
      "t3"."kind",
      "t3"."area_id"
    FROM "days" AS "t2"
    INNER JOIN "unions_unionversion" AS "t3"
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
) AS "t5"
GROUP BY
  1,
  2

-- name: unions.rows.now
SELECT
  "t5"."day",
  "t5"."entry_id" AS "entity_id",
  "t5"."area_id" AS "leaf_id",
  "t5"."code" AS "key",
  "t5"."name",
  CASE WHEN "t5"."kind" IN ('单独基层工会', '联合基层工会') THEN CAST(1 AS BIGINT) ELSE NULL END AS "unions.base"
FROM (
  SELECT
    "t2"."day",
    "t4"."entry_id",
    "t4"."code",
    "t4"."name",
    "t4"."kind",
    "t4"."area_id"
  FROM "days" AS "t2"
  INNER JOIN (
    SELECT
      *
    FROM "unions_unionversion" AS "t1"
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

-- name: unions.rows.known
SELECT
  "t4"."day",
  "t4"."entry_id" AS "entity_id",
  "t4"."area_id" AS "leaf_id",
  "t4"."code" AS "key",
  "t4"."name",
  CASE WHEN "t4"."kind" IN ('单独基层工会', '联合基层工会') THEN CAST(1 AS BIGINT) ELSE NULL END AS "unions.base"
FROM (
  SELECT
    "t2"."day",
    "t3"."entry_id",
    "t3"."code",
    "t3"."name",
    "t3"."kind",
    "t3"."area_id"
  FROM "days" AS "t2"
  INNER JOIN "unions_unionversion" AS "t3"
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
