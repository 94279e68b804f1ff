-- How often proposals were said again, by thématique.
SELECT demarche, thematique, count(*) AS propositions, sum(redite) AS redites
FROM propositions
WHERE mise_de_cote IS NULL
GROUP BY demarche, thematique
ORDER BY demarche, thematique
