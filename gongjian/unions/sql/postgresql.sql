-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: covered.sums.now
SELECT
  "t19"."day",
  "t19"."leaf_id",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t19"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    (
      "t19"."nature" = '企业'
    ) AND (
      "t19"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t19"."staff" AS BIGINT)) AS "coverage.staff"
FROM (
  SELECT
    "t16"."day",
    "t16"."code",
    "t16"."name",
    "t16"."nature",
    "t16"."staff",
    "t16"."entity_id",
    "t16"."leaf_id"
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
        "t4"."year_from",
        "t8"."opened",
        "t8"."entry_id",
        "t8"."code",
        "t8"."name",
        "t8"."area_id",
        "t8"."nature",
        "t8"."industry",
        "t8"."status",
        "t8"."staff",
        "t8"."staff_female",
        "t8"."staff_migrant",
        "t8"."staff_dispatched",
        "t8"."top500",
        "t8"."legal_person",
        "t8"."phone_blind",
        "t8"."phone_sealed",
        "t8"."source"
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
  ) AS "t16"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t9"."opened",
          "t9"."entry_id",
          "t9"."union_id",
          "t9"."employer_id",
          "t9"."mode",
          "t9"."staff"
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
                "t12"."day",
                "t12"."code",
                "t12"."name",
                "t12"."kind",
                "t12"."entry_id" AS "entity_id",
                "t12"."area_id" AS "leaf_id"
              FROM (
                SELECT
                  "t4"."day",
                  "t4"."year_from",
                  "t10"."opened",
                  "t10"."entry_id",
                  "t10"."code",
                  "t10"."name",
                  "t10"."kind",
                  "t10"."area_id",
                  "t10"."superior_id",
                  "t10"."approval_no",
                  "t10"."term_years",
                  "t10"."elected_on",
                  "t10"."chair_name",
                  "t10"."chair_post",
                  "t10"."women_committee",
                  "t10"."audit_committee",
                  "t10"."end_reason"
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
              ) AS "t12"
            ) AS "t15"
            WHERE
              "t4"."day" = "t15"."day" AND "t9"."union_id" = "t15"."entity_id"
          )
      ) AS "t18"
      WHERE
        "t16"."day" = "t18"."day" AND "t16"."entity_id" = "t18"."employer_id"
    )
) AS "t19"
GROUP BY
  1,
  2

-- name: covered.sums.known
SELECT
  "t16"."day",
  "t16"."leaf_id",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t16"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    (
      "t16"."nature" = '企业'
    ) AND (
      "t16"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t16"."staff" AS BIGINT)) AS "coverage.staff"
FROM (
  SELECT
    "t13"."day",
    "t13"."code",
    "t13"."name",
    "t13"."nature",
    "t13"."staff",
    "t13"."entity_id",
    "t13"."leaf_id"
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
        "t4"."year_from",
        "t5"."opened",
        "t5"."entry_id",
        "t5"."code",
        "t5"."name",
        "t5"."area_id",
        "t5"."nature",
        "t5"."industry",
        "t5"."status",
        "t5"."staff",
        "t5"."staff_female",
        "t5"."staff_migrant",
        "t5"."staff_dispatched",
        "t5"."top500",
        "t5"."legal_person",
        "t5"."phone_blind",
        "t5"."phone_sealed",
        "t5"."source"
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
  ) AS "t13"
  WHERE
    EXISTS(
      SELECT
        1
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t6"."opened",
          "t6"."entry_id",
          "t6"."union_id",
          "t6"."employer_id",
          "t6"."mode",
          "t6"."staff"
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
                "t9"."day",
                "t9"."code",
                "t9"."name",
                "t9"."kind",
                "t9"."entry_id" AS "entity_id",
                "t9"."area_id" AS "leaf_id"
              FROM (
                SELECT
                  "t4"."day",
                  "t4"."year_from",
                  "t7"."opened",
                  "t7"."entry_id",
                  "t7"."code",
                  "t7"."name",
                  "t7"."kind",
                  "t7"."area_id",
                  "t7"."superior_id",
                  "t7"."approval_no",
                  "t7"."term_years",
                  "t7"."elected_on",
                  "t7"."chair_name",
                  "t7"."chair_post",
                  "t7"."women_committee",
                  "t7"."audit_committee",
                  "t7"."end_reason"
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
              ) AS "t9"
            ) AS "t12"
            WHERE
              "t4"."day" = "t12"."day" AND "t6"."union_id" = "t12"."entity_id"
          )
      ) AS "t15"
      WHERE
        "t13"."day" = "t15"."day" AND "t13"."entity_id" = "t15"."employer_id"
    )
) AS "t16"
GROUP BY
  1,
  2

-- name: covered.rows.now
SELECT
  "t16"."day",
  "t16"."entity_id",
  "t16"."leaf_id",
  "t16"."code" AS "key",
  "t16"."name",
  CAST(1 AS BIGINT) AS "coverage.units",
  CASE WHEN "t16"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "coverage.enterprises",
  CASE
    WHEN (
      "t16"."nature" = '企业'
    ) AND (
      "t16"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "coverage.over100",
  CAST("t16"."staff" AS BIGINT) AS "coverage.staff"
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
      "t4"."year_from",
      "t8"."opened",
      "t8"."entry_id",
      "t8"."code",
      "t8"."name",
      "t8"."area_id",
      "t8"."nature",
      "t8"."industry",
      "t8"."status",
      "t8"."staff",
      "t8"."staff_female",
      "t8"."staff_migrant",
      "t8"."staff_dispatched",
      "t8"."top500",
      "t8"."legal_person",
      "t8"."phone_blind",
      "t8"."phone_sealed",
      "t8"."source"
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
) AS "t16"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t9"."opened",
        "t9"."entry_id",
        "t9"."union_id",
        "t9"."employer_id",
        "t9"."mode",
        "t9"."staff"
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
              "t12"."day",
              "t12"."code",
              "t12"."name",
              "t12"."kind",
              "t12"."entry_id" AS "entity_id",
              "t12"."area_id" AS "leaf_id"
            FROM (
              SELECT
                "t4"."day",
                "t4"."year_from",
                "t10"."opened",
                "t10"."entry_id",
                "t10"."code",
                "t10"."name",
                "t10"."kind",
                "t10"."area_id",
                "t10"."superior_id",
                "t10"."approval_no",
                "t10"."term_years",
                "t10"."elected_on",
                "t10"."chair_name",
                "t10"."chair_post",
                "t10"."women_committee",
                "t10"."audit_committee",
                "t10"."end_reason"
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
            ) AS "t12"
          ) AS "t15"
          WHERE
            "t4"."day" = "t15"."day" AND "t9"."union_id" = "t15"."entity_id"
        )
    ) AS "t18"
    WHERE
      "t16"."day" = "t18"."day" AND "t16"."entity_id" = "t18"."employer_id"
  )

-- name: covered.rows.known
SELECT
  "t13"."day",
  "t13"."entity_id",
  "t13"."leaf_id",
  "t13"."code" AS "key",
  "t13"."name",
  CAST(1 AS BIGINT) AS "coverage.units",
  CASE WHEN "t13"."nature" = '企业' THEN CAST(1 AS BIGINT) ELSE NULL END AS "coverage.enterprises",
  CASE
    WHEN (
      "t13"."nature" = '企业'
    ) AND (
      "t13"."staff" >= 100
    )
    THEN CAST(1 AS BIGINT)
    ELSE NULL
  END AS "coverage.over100",
  CAST("t13"."staff" AS BIGINT) AS "coverage.staff"
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
      "t4"."year_from",
      "t5"."opened",
      "t5"."entry_id",
      "t5"."code",
      "t5"."name",
      "t5"."area_id",
      "t5"."nature",
      "t5"."industry",
      "t5"."status",
      "t5"."staff",
      "t5"."staff_female",
      "t5"."staff_migrant",
      "t5"."staff_dispatched",
      "t5"."top500",
      "t5"."legal_person",
      "t5"."phone_blind",
      "t5"."phone_sealed",
      "t5"."source"
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
) AS "t13"
WHERE
  EXISTS(
    SELECT
      1
    FROM (
      SELECT
        "t4"."day",
        "t4"."year_from",
        "t6"."opened",
        "t6"."entry_id",
        "t6"."union_id",
        "t6"."employer_id",
        "t6"."mode",
        "t6"."staff"
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
              "t9"."day",
              "t9"."code",
              "t9"."name",
              "t9"."kind",
              "t9"."entry_id" AS "entity_id",
              "t9"."area_id" AS "leaf_id"
            FROM (
              SELECT
                "t4"."day",
                "t4"."year_from",
                "t7"."opened",
                "t7"."entry_id",
                "t7"."code",
                "t7"."name",
                "t7"."kind",
                "t7"."area_id",
                "t7"."superior_id",
                "t7"."approval_no",
                "t7"."term_years",
                "t7"."elected_on",
                "t7"."chair_name",
                "t7"."chair_post",
                "t7"."women_committee",
                "t7"."audit_committee",
                "t7"."end_reason"
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
            ) AS "t9"
          ) AS "t12"
          WHERE
            "t4"."day" = "t12"."day" AND "t6"."union_id" = "t12"."entity_id"
        )
    ) AS "t15"
    WHERE
      "t13"."day" = "t15"."day" AND "t13"."entity_id" = "t15"."employer_id"
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
      "t2"."year_from",
      "t4"."opened",
      "t4"."entry_id",
      "t4"."code",
      "t4"."name",
      "t4"."kind",
      "t4"."area_id",
      "t4"."superior_id",
      "t4"."approval_no",
      "t4"."term_years",
      "t4"."elected_on",
      "t4"."chair_name",
      "t4"."chair_post",
      "t4"."women_committee",
      "t4"."audit_committee",
      "t4"."end_reason"
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
      "t2"."year_from",
      "t3"."opened",
      "t3"."entry_id",
      "t3"."code",
      "t3"."name",
      "t3"."kind",
      "t3"."area_id",
      "t3"."superior_id",
      "t3"."approval_no",
      "t3"."term_years",
      "t3"."elected_on",
      "t3"."chair_name",
      "t3"."chair_post",
      "t3"."women_committee",
      "t3"."audit_committee",
      "t3"."end_reason"
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
    "t2"."year_from",
    "t4"."opened",
    "t4"."entry_id",
    "t4"."code",
    "t4"."name",
    "t4"."kind",
    "t4"."area_id",
    "t4"."superior_id",
    "t4"."approval_no",
    "t4"."term_years",
    "t4"."elected_on",
    "t4"."chair_name",
    "t4"."chair_post",
    "t4"."women_committee",
    "t4"."audit_committee",
    "t4"."end_reason"
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
    "t2"."year_from",
    "t3"."opened",
    "t3"."entry_id",
    "t3"."code",
    "t3"."name",
    "t3"."kind",
    "t3"."area_id",
    "t3"."superior_id",
    "t3"."approval_no",
    "t3"."term_years",
    "t3"."elected_on",
    "t3"."chair_name",
    "t3"."chair_post",
    "t3"."women_committee",
    "t3"."audit_committee",
    "t3"."end_reason"
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
