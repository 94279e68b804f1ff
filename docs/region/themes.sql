-- Proposals by thématique and bassin, and how many were brought together across ateliers.
SELECT demarche, thematique, bassin, count(*) AS propositions, count(rapprochement) AS rapprochees
FROM propositions
WHERE mise_de_cote IS NULL AND thematique IS NOT NULL AND bassin IS NOT NULL
GROUP BY demarche, thematique, bassin
ORDER BY demarche, thematique, bassin
