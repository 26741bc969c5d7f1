-- Written by `make compile-figures` from the definitions beside it: change those.

-- name: orphaned.sums.now
SELECT
  "t23"."leaf_id",
  "t23"."day",
  COUNT(*) AS "areas.orphaned"
FROM (
  SELECT
    "t22"."day",
    "t22"."code",
    "t22"."name",
    "t22"."entry_id" AS "entity_id",
    "t22"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t20"."day",
      "t20"."entry_id",
      "t20"."at" AS "code",
      "t20"."at_1" AS "name",
      "t20"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t11"."day",
        "t11"."entry_id",
        "t11"."valid_from",
        "t11"."begun",
        "t11"."at",
        "t11"."at_1",
        "t11"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t11"."day", "t11"."entry_id"
          ORDER BY "t11"."begun" DESC, CASE WHEN "t11"."begun" = 1 THEN "t11"."valid_from" ELSE CAST(NULL AS DATE) END DESC, "t11"."valid_from" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t8"."entry_id",
          "t8"."valid_from",
          CASE WHEN "t8"."valid_from" <= "t4"."day" THEN 1 ELSE 0 END AS "begun",
          "t8"."code" AS "at",
          "t8"."name" AS "at_1",
          "t8"."heir_id" AS "at_2"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "areas_areaversion" AS "t1"
          WHERE
            "t1"."removed_in" IS NULL
        ) AS "t8"
          ON "t8"."added_in" >= 0
      ) AS "t11"
    ) AS "t20"
    WHERE
      "t20"."rank" = 0 AND "t20"."at_2" IS NULL
  ) AS "t22"
  ANTI JOIN (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t8"."entry_id"
    FROM "days" AS "t4"
    INNER JOIN (
      SELECT
        *
      FROM "areas_areaversion" AS "t1"
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
  ) AS "t15"
    ON "t22"."day" = "t15"."day" AND "t22"."entry_id" = "t15"."entry_id"
  SEMI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t13"."day",
        "t13"."area_id"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t9"."entry_id",
          "t9"."area_id"
        FROM "days" AS "t4"
        INNER JOIN (
          SELECT
            *
          FROM "employers_employerversion" AS "t2"
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
      ) AS "t13"
    ) AS "t16"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t14"."day",
        "t14"."area_id"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t10"."entry_id",
          "t10"."area_id"
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
      ) AS "t14"
    ) AS "t17"
  ) AS "t19"
    ON "t22"."day" = "t19"."day" AND "t22"."entry_id" = "t19"."area_id"
) AS "t23"
GROUP BY
  1,
  2

-- name: orphaned.sums.known
SELECT
  "t20"."leaf_id",
  "t20"."day",
  COUNT(*) AS "areas.orphaned"
FROM (
  SELECT
    "t19"."day",
    "t19"."code",
    "t19"."name",
    "t19"."entry_id" AS "entity_id",
    "t19"."entry_id" AS "leaf_id"
  FROM (
    SELECT
      "t17"."day",
      "t17"."entry_id",
      "t17"."at" AS "code",
      "t17"."at_1" AS "name",
      "t17"."at_2" AS "heir_id"
    FROM (
      SELECT
        "t9"."day",
        "t9"."entry_id",
        "t9"."valid_from",
        "t9"."begun",
        "t9"."at",
        "t9"."at_1",
        "t9"."at_2",
        ROW_NUMBER() OVER (
          PARTITION BY "t9"."day", "t9"."entry_id"
          ORDER BY "t9"."begun" DESC, CASE WHEN "t9"."begun" = 1 THEN "t9"."valid_from" ELSE CAST(NULL AS DATE) END DESC, "t9"."valid_from" ASC
          ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) - 1 AS "rank"
      FROM (
        SELECT
          "t4"."day",
          "t5"."entry_id",
          "t5"."valid_from",
          CASE WHEN "t5"."valid_from" <= "t4"."day" THEN 1 ELSE 0 END AS "begun",
          "t5"."code" AS "at",
          "t5"."name" AS "at_1",
          "t5"."heir_id" AS "at_2"
        FROM "days" AS "t4"
        INNER JOIN "areas_areaversion" AS "t5"
          ON "t5"."added_in" <= "t4"."known"
          AND (
            (
              "t5"."removed_in" IS NULL
            ) OR (
              "t5"."removed_in" > "t4"."known"
            )
          )
      ) AS "t9"
    ) AS "t17"
    WHERE
      "t17"."rank" = 0 AND "t17"."at_2" IS NULL
  ) AS "t19"
  ANTI JOIN (
    SELECT
      "t4"."day",
      "t4"."year_from",
      "t4"."ago_15",
      "t5"."entry_id"
    FROM "days" AS "t4"
    INNER JOIN "areas_areaversion" AS "t5"
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
  ) AS "t12"
    ON "t19"."day" = "t12"."day" AND "t19"."entry_id" = "t12"."entry_id"
  SEMI JOIN (
    SELECT
      *
    FROM (
      SELECT
        "t10"."day",
        "t10"."area_id"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t6"."entry_id",
          "t6"."area_id"
        FROM "days" AS "t4"
        INNER JOIN "employers_employerversion" AS "t6"
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
      ) AS "t10"
    ) AS "t13"
    UNION ALL
    SELECT
      *
    FROM (
      SELECT
        "t11"."day",
        "t11"."area_id"
      FROM (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
          "t7"."entry_id",
          "t7"."area_id"
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
      ) AS "t11"
    ) AS "t14"
  ) AS "t16"
    ON "t19"."day" = "t16"."day" AND "t19"."entry_id" = "t16"."area_id"
) AS "t20"
GROUP BY
  1,
  2

-- name: covered.sums.now
SELECT
  "t19"."leaf_id",
  "t19"."day",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t19"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    "t19"."mode_0" = 1) AS "coverage.units.own",
  COUNT(*) FILTER(WHERE
    "t19"."mode_1" = 1) AS "coverage.units.joint",
  COUNT(*) FILTER(WHERE
    "t19"."mode_2" = 1) AS "coverage.units.federation",
  COUNT(*) FILTER(WHERE
    "t19"."mode_3" = 1) AS "coverage.units.branch",
  COUNT(*) FILTER(WHERE
    "t19"."modes" >= 2) AS "coverage.units.overlap",
  COUNT(*) FILTER(WHERE
    (
      "t19"."nature" = '企业'
    ) AND (
      "t19"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t19"."staff" AS BIGINT)) AS "coverage.staff"
FROM (
  SELECT
    "t15"."day",
    "t15"."code",
    "t15"."name",
    "t15"."nature",
    "t15"."staff",
    "t15"."entity_id",
    "t15"."leaf_id",
    "t18"."mode_0",
    "t18"."mode_1",
    "t18"."mode_2",
    "t18"."mode_3",
    "t18"."mode_0" + "t18"."mode_1" + "t18"."mode_2" + "t18"."mode_3" AS "modes"
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
        "t4"."ago_15",
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
  INNER JOIN (
    SELECT
      "t16"."day",
      "t16"."employer_id",
      MAX("t16"."mode_0") AS "mode_0",
      MAX("t16"."mode_1") AS "mode_1",
      MAX("t16"."mode_2") AS "mode_2",
      MAX("t16"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t4"."day",
        "t9"."employer_id",
        CASE WHEN "t9"."mode" = '单独' THEN 1 ELSE 0 END AS "mode_0",
        CASE WHEN "t9"."mode" = '联合' THEN 1 ELSE 0 END AS "mode_1",
        CASE WHEN "t9"."mode" = '联合会' THEN 1 ELSE 0 END AS "mode_2",
        CASE WHEN "t9"."mode" = '分会' THEN 1 ELSE 0 END AS "mode_3"
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
      SEMI JOIN (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
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
        ON "t4"."day" = "t13"."day" AND "t9"."union_id" = "t13"."entry_id"
    ) AS "t16"
    GROUP BY
      1,
      2
  ) AS "t18"
    ON "t15"."day" = "t18"."day" AND "t15"."entity_id" = "t18"."employer_id"
) AS "t19"
GROUP BY
  1,
  2

-- name: covered.sums.known
SELECT
  "t16"."leaf_id",
  "t16"."day",
  COUNT(*) AS "coverage.units",
  COUNT(*) FILTER(WHERE
    "t16"."nature" = '企业') AS "coverage.enterprises",
  COUNT(*) FILTER(WHERE
    "t16"."mode_0" = 1) AS "coverage.units.own",
  COUNT(*) FILTER(WHERE
    "t16"."mode_1" = 1) AS "coverage.units.joint",
  COUNT(*) FILTER(WHERE
    "t16"."mode_2" = 1) AS "coverage.units.federation",
  COUNT(*) FILTER(WHERE
    "t16"."mode_3" = 1) AS "coverage.units.branch",
  COUNT(*) FILTER(WHERE
    "t16"."modes" >= 2) AS "coverage.units.overlap",
  COUNT(*) FILTER(WHERE
    (
      "t16"."nature" = '企业'
    ) AND (
      "t16"."staff" >= 100
    )) AS "coverage.over100",
  SUM(CAST("t16"."staff" AS BIGINT)) AS "coverage.staff"
FROM (
  SELECT
    "t12"."day",
    "t12"."code",
    "t12"."name",
    "t12"."nature",
    "t12"."staff",
    "t12"."entity_id",
    "t12"."leaf_id",
    "t15"."mode_0",
    "t15"."mode_1",
    "t15"."mode_2",
    "t15"."mode_3",
    "t15"."mode_0" + "t15"."mode_1" + "t15"."mode_2" + "t15"."mode_3" AS "modes"
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
        "t4"."ago_15",
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
  INNER JOIN (
    SELECT
      "t13"."day",
      "t13"."employer_id",
      MAX("t13"."mode_0") AS "mode_0",
      MAX("t13"."mode_1") AS "mode_1",
      MAX("t13"."mode_2") AS "mode_2",
      MAX("t13"."mode_3") AS "mode_3"
    FROM (
      SELECT
        "t4"."day",
        "t6"."employer_id",
        CASE WHEN "t6"."mode" = '单独' THEN 1 ELSE 0 END AS "mode_0",
        CASE WHEN "t6"."mode" = '联合' THEN 1 ELSE 0 END AS "mode_1",
        CASE WHEN "t6"."mode" = '联合会' THEN 1 ELSE 0 END AS "mode_2",
        CASE WHEN "t6"."mode" = '分会' THEN 1 ELSE 0 END AS "mode_3"
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
      SEMI JOIN (
        SELECT
          "t4"."day",
          "t4"."year_from",
          "t4"."ago_15",
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
        ON "t4"."day" = "t10"."day" AND "t6"."union_id" = "t10"."entry_id"
    ) AS "t13"
    GROUP BY
      1,
      2
  ) AS "t15"
    ON "t12"."day" = "t15"."day" AND "t12"."entity_id" = "t15"."employer_id"
) AS "t16"
GROUP BY
  1,
  2

-- name: unions.sums.now
SELECT
  "t6"."leaf_id",
  "t6"."day",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base",
  COUNT(*) FILTER(WHERE
    "t6"."kind" = '联合基层工会') AS "unions.joint",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('区域性工会联合会', '行业性工会联合会')) AS "unions.federations",
  COUNT(*) FILTER(WHERE
    "t6"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            EXTRACT(year FROM COALESCE("t6"."elected_on", "t6"."opened")) + CAST(COALESCE("t6"."term_years", 5) AS INT)
          ) * 10000
        ) + CASE
          WHEN (
            (
              EXTRACT(month FROM COALESCE("t6"."elected_on", "t6"."opened")) * 100
            ) + EXTRACT(day FROM COALESCE("t6"."elected_on", "t6"."opened"))
          ) = 229
          THEN 228
          ELSE (
            EXTRACT(month FROM COALESCE("t6"."elected_on", "t6"."opened")) * 100
          ) + EXTRACT(day FROM COALESCE("t6"."elected_on", "t6"."opened"))
        END
      ) <= (
        (
          EXTRACT(year FROM "t6"."day") * 10000
        ) + (
          EXTRACT(month FROM "t6"."day") * 100
        ) + EXTRACT(day FROM "t6"."day")
      )
    )) AS "unions.overdue"
FROM (
  SELECT
    "t5"."day",
    "t5"."year_from",
    "t5"."ago_15",
    "t5"."entry_id" AS "entity_id",
    "t5"."code",
    "t5"."name",
    "t5"."kind",
    "t5"."area_id" AS "leaf_id",
    "t5"."opened",
    "t5"."elected_on",
    "t5"."term_years"
  FROM (
    SELECT
      "t2"."day",
      "t2"."year_from",
      "t2"."ago_15",
      "t4"."entry_id",
      "t4"."code",
      "t4"."name",
      "t4"."kind",
      "t4"."area_id",
      "t4"."opened",
      "t4"."elected_on",
      "t4"."term_years"
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
  "t5"."leaf_id",
  "t5"."day",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('单独基层工会', '联合基层工会')) AS "unions.base",
  COUNT(*) FILTER(WHERE
    "t5"."kind" = '联合基层工会') AS "unions.joint",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('区域性工会联合会', '行业性工会联合会')) AS "unions.federations",
  COUNT(*) FILTER(WHERE
    "t5"."kind" IN ('单独基层工会', '联合基层工会')
    AND (
      (
        (
          (
            EXTRACT(year FROM COALESCE("t5"."elected_on", "t5"."opened")) + CAST(COALESCE("t5"."term_years", 5) AS INT)
          ) * 10000
        ) + CASE
          WHEN (
            (
              EXTRACT(month FROM COALESCE("t5"."elected_on", "t5"."opened")) * 100
            ) + EXTRACT(day FROM COALESCE("t5"."elected_on", "t5"."opened"))
          ) = 229
          THEN 228
          ELSE (
            EXTRACT(month FROM COALESCE("t5"."elected_on", "t5"."opened")) * 100
          ) + EXTRACT(day FROM COALESCE("t5"."elected_on", "t5"."opened"))
        END
      ) <= (
        (
          EXTRACT(year FROM "t5"."day") * 10000
        ) + (
          EXTRACT(month FROM "t5"."day") * 100
        ) + EXTRACT(day FROM "t5"."day")
      )
    )) AS "unions.overdue"
FROM (
  SELECT
    "t4"."day",
    "t4"."year_from",
    "t4"."ago_15",
    "t4"."entry_id" AS "entity_id",
    "t4"."code",
    "t4"."name",
    "t4"."kind",
    "t4"."area_id" AS "leaf_id",
    "t4"."opened",
    "t4"."elected_on",
    "t4"."term_years"
  FROM (
    SELECT
      "t2"."day",
      "t2"."year_from",
      "t2"."ago_15",
      "t3"."entry_id",
      "t3"."code",
      "t3"."name",
      "t3"."kind",
      "t3"."area_id",
      "t3"."opened",
      "t3"."elected_on",
      "t3"."term_years"
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
