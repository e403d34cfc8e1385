"""Who holds which office, where, and since when.

Words: a *division* is a place with a statistical code (12 digits: village, 9: town, 6: district);
an *office* is a role that the law or the district names; a *mandate* is one person's holding of one office in
one division, with dates; *kin* are near relatives as 民法典 第1045条 lists them, as people declared them.

Articles: 村民委员会组织法 第37条 (who may not sit on the village supervision committee), 农村集体经济组织法
第34条 (who may not be a supervisor of the collective). Which offices exclude each other is district data.

It does not decide what an office may do: charts do. It keeps no identity numbers.
"""
