"""TF-IDF of a few tokenised documents. scikit-learn 1.9.1; tolerance 1e-6."""
import json, sklearn
from sklearn.feature_extraction.text import TfidfVectorizer

documents = [
    ["card", "not", "arrived", "card"],
    ["transfer", "fee", "too", "high"],
    ["card", "fee", "high"],
    ["转账", "手续费", "太", "高", "转账"],
    [],
    ["app", "login", "fee"],
]
cases = []
for options in (
    dict(minDocuments=1, maxDocumentShare=1, maxTerms=None, sublinear=False, maxGram=1),
    dict(minDocuments=1, maxDocumentShare=1, maxTerms=None, sublinear=True, maxGram=2),
    dict(minDocuments=2, maxDocumentShare=0.4, maxTerms=None, sublinear=False, maxGram=1),
):
    v = TfidfVectorizer(
        analyzer="word", tokenizer=lambda d: d, preprocessor=lambda d: d, token_pattern=None, lowercase=False,
        min_df=options["minDocuments"], max_df=float(options["maxDocumentShare"]),
        max_features=options["maxTerms"], sublinear_tf=options["sublinear"], ngram_range=(1, options["maxGram"]),
    )
    m = v.fit_transform(documents)
    cases.append(dict(options=options, terms=v.get_feature_names_out().tolist(), idf=v.idf_.tolist(), dense=m.toarray().tolist()))
json.dump(dict(sklearn=sklearn.__version__, documents=documents, cases=cases), open(__file__.replace(".py", ".json"), "w"), ensure_ascii=False)
