// Written by Tools/unicode/generate_tables.py from Unicode 17.0; change the generator, not this file.

/// Ranges of Script and, where they differ, Script_Extensions, under the short and the long name of each script.
enum ScriptPropertyTables {
  static let rows: [(short: StaticString, long: StaticString, script: StaticString, extensions: StaticString?)] = [
    (
      "Adlm", "Adlam",
      """
      go6DrCEJEB
      """,
      """
      -wBAgBAuwGAxvDA+1uDrCEJEB
      """
    ),
    (
      "Aghb", "Caucasian_Albanian",
      """
      wphCzBLA
      """,
      """
      kYAsBAsBAxugCzBLA
      """
    ),
    (
      "Ahom", "Ahom",
      """
      g4lCaCOEW
      """,
      nil
    ),
    (
      "Arab", "Arabic",
      """
      gwBEBFBNBCBfBJLZBrDBhBwCvBwHhBFqCBcwy8BtPCvEgBPwDEBmEj7DejCFIIhBFg43BDBaBBBACABJBDBABAGAEABABABCBBBACABABABABA
      BBBACDBGBDBDBABJBQFCBEBQ0BB
      """,
      """
      gwBEB2GBhBwCvBwHhBFqCBcv6FAxvDAuozB-TgBPwDEBmEjfbk7CejCFIIhBFg43BDBaBBBACABJBDBABAGAEABABABCBBBACABABABABABBBA
      CDBGBDBDBABJBQFCBEBQ0BB
      """
    ),
    (
      "Armi", "Imperial_Aramaic",
      """
      giiCVBI
      """,
      nil
    ),
    (
      "Armn", "Armenian",
      """
      xpBlBCxBCCjs9BE
      """,
      """
      oYAoRlBCxBCCjs9BE
      """
    ),
    (
      "Avst", "Avestan",
      """
      g4iC1BDG
      """,
      """
      3FA4rLBum3B1BDG
      """
    ),
    (
      "Bali", "Balinese",
      """
      g4GsCBxB
      """,
      nil
    ),
    (
      "Bamu", "Bamum",
      """
      g1pB3CoowB4R
      """,
      nil
    ),
    (
      "Bass", "Bassa_Vah",
      """
      w26CdCF
      """,
      nil
    ),
    (
      "Batk", "Batak",
      """
      g+GzBID
      """,
      nil
    ),
    (
      "Beng", "Bengali",
      """
      gsCDBHCBCVBGBADDCICBCDIAEBBECY
      """,
      """
      8VA00BBRBaDBHCBCVBGBADDCICBCDIAEBBECYx2EABACBBAIAIACAEACC5-iBA
      """
    ),
    (
      "Berf", "Beria_Erfe",
      """
      g17CYCY
      """,
      nil
    ),
    (
      "Bhks", "Bhaiksuki",
      """
      ggnCIBsBBNKc
      """,
      nil
    ),
    (
      "Bopo", "Bopomofo",
      """
      qXB5wLqBwDf
      """,
      """
      nWABCNAQB1oLCEJBMKDCAGAjGAJqBwDflkzBB6IE
      """
    ),
    (
      "Brah", "Brahmi",
      """
      ggkCtCEjBJA
      """,
      nil
    ),
    (
      "Brai", "Braille",
      """
      ggK-H
      """,
      nil
    ),
    (
      "Bugi", "Buginese",
      """
      gwGbCB
      """,
      """
      gwGbCBv9jBA
      """
    ),
    (
      "Buhd", "Buhid",
      """
      g6FT
      """,
      """
      15FBJT
      """
    ),
    (
      "Cakm", "Chakma",
      """
      gokC0BBR
      """,
      """
      mvCJwyBJ2lgC0BBR
      """
    ),
    (
      "Cans", "Canadian_Aboriginal",
      """
      ggF-TwRlC6tgCP
      """,
      nil
    ),
    (
      "Cari", "Carian",
      """
      g1gCwB
      """,
      """
      3FAi9HACAzuDAuj1BwB
      """
    ),
    (
      "Cham", "Cham",
      """
      gwqB2BJNCJCD
      """,
      nil
    ),
    (
      "Cher", "Cherokee",
      """
      g9E1CCFy7lBvC
      """,
      """
      gYCBAGBWBLBujE1CCFy7lBvC
      """
    ),
    (
      "Chrs", "Chorasmian",
      """
      w9jCb
      """,
      nil
    ),
    (
      "Copt", "Coptic",
      """
      ifNwkKzDFG
      """,
      """
      3FAoSADBBAsDBsDNwkKzDFG3IAom1Bb
      """
    ),
    (
      "Qaac", "Coptic",
      """
      ifNwkKzDFG
      """,
      """
      3FAoSADBBAsDBsDNwkKzDFG3IAom1Bb
      """
    ),
    (
      "Cpmn", "Cypro_Minoan",
      """
      w8rCiD
      """,
      """
      gogCBu0LiD
      """
    ),
    (
      "Cprt", "Cypriot",
      """
      ggiCFCABrBBBDACA
      """,
      """
      gogCCEsBDIg2BFCABrBBBDACA
      """
    ),
    (
      "Cyrl", "Cyrillic",
      """
      ggBkECoFw6FKgFAsCAnjEfgie-Cu8VBgw4B9BhBA
      """,
      """
      8VAjCCBABABACAFAuHvJw6FKgFAsCA-DAn-DfjCA8-d-Cu8VBgw4B9BhBA
      """
    ),
    (
      "Deva", "Devanagari",
      """
      goCwCEOCZg7nBfgwcJ
      """,
      """
      8VAjyByCCqBw6EmBBB2fA-5hBJmFfgwcJ
      """
    ),
    (
      "Diak", "Dives_Akuru",
      """
      gomCGCACHBBBdBBCLJJ
      """,
      nil
    ),
    (
      "Dogr", "Dogra",
      """
      ggmC7B
      """,
      """
      krCLg2nBJm+b7B
      """
    ),
    (
      "Dsrt", "Deseret",
      """
      gghCvC
      """,
      nil
    ),
    (
      "Dupl", "Duployan",
      """
      ggvDqDFMDIHJCD
      """,
      """
      3FAvSBBAYB34KAjujDqDFMDIHJCH
      """
    ),
    (
      "Egyp", "Egyptian_Hieroglyphs",
      """
      ggsC1iBK68D
      """,
      nil
    ),
    (
      "Elba", "Elbasan",
      """
      gohCnB
      """,
      """
      3FAtSA6vgCnB
      """
    ),
    (
      "Elym", "Elymaic",
      """
      g-jCW
      """,
      nil
    ),
    (
      "Ethi", "Ethiopic",
      """
      gwEoCBDCGBABDCoBBDCgBBDCGBABDCOB4BBDCiCCfDZmvGWJGBGBGBGBGBGBGBGipfFCFCFJGBGxlvCGBDBBBO
      """,
      """
      uYAx3DoCBDCGBABDCoBBDCgBBDCGBABDCOB4BBDCiCCfDZmvGWJGBGBGBGBGBGBGBGipfFCFCFJGBGxlvCGBDBBBO
      """
    ),
    (
      "Gara", "Garay",
      """
      gqjClBDcIB
      """,
      """
      swBAOADAg5hClBDcIB
      """
    ),
    (
      "Geor", "Georgian",
      """
      glElBBAFACqBBDw8CqBCCgiElBBAFA
      """,
      """
      3FAxmBA24ClBBAFACvBw8CqBCC6cAllDlBBAFAjIA
      """
    ),
    (
      "Glag", "Glagolitic",
      """
      ggL-Cg9sDGBQCGBBBE
      """,
      """
      3FArSABA+LACAhIAx7CA+6DAl9C-CjPArheAwsuCGBQCGBBBE
      """
    ),
    (
      "Gong", "Gunjala_Gondi",
      """
      grnCFBBBkBBBBFHJ
      """,
      """
      3FAslCB6-kCFBBBkBBBBFHJ
      """
    ),
    (
      "Gonm", "Masaram_Gondi",
      """
      gonCGBBBrBDABBBIIJ
      """,
      """
      krCB68kCGBBBrBDABBBIIJ
      """
    ),
    (
      "Goth", "Gothic",
      """
      w5gCa
      """,
      """
      3FAsSBCAoBA+--Ba
      """
    ),
    (
      "Gran", "Grantha",
      """
      g4kCDBHCBCVBGBBBECICBCCCAGAFGCGDE
      """,
      """
      xqCBRBgUN8mEABBeCDB2fAvw8BDBHCBCVBGBBBEBJCBCCCAGAFGCGDE7iDBBA
      """
    ),
    (
      "Grek", "Greek",
      """
      wbDBCCDBAEABABCBABTB+BOPmpGEyBEEE0CAgKVCFClBCFCHBABABABeC0BBOBNCFBSCCBInJA+xiBA6uVuCRA-i0BlC
      """,
      """
      3FAoSBCABABAKAuBACAqBHCDBAEABABCBABTB+BOPmpGEyBEEE0CC+JVCFClBCFCHBABABABeC0BBOBNCFBSCCBI+CAoGA+xiBA6uVuCRA-i0B
      lC
      """
    ),
    (
      "Gujr", "Gujarati",
      """
      h0CCBIBCBVBGBBBECJBCBCCAPDCLHG
      """,
      """
      xqCBRB7ICBIBCBVBGBBBECJBCBCCAPDCLHGwpnBJ
      """
    ),
    (
      "Gukh", "Gurung_Khema",
      """
      go4C5B
      """,
      """
      lrCA681C5B
      """
    ),
    (
      "Guru", "Gurmukhi",
      """
      hwCCBFEBCVBGBBBBBBCABEEBCCDAHDBAHQ
      """,
      """
      xqCBRB7ECBFEBCVBGBBBBBBCABEEBCCDAHDBAHQ5tnBJ
      """
    ),
    (
      "Hang", "Hangul",
      """
      goE-HuxHBhI9CxDehCeh3dcjUj9KMWEwBk9JeDFCFCFCC
      """,
      """
      goE-HhwHCEJBMOCGAjGA1B9CxDehCeh3dcjUj9KMWEwBpyJB6IE6BeDFCFCFCC
      """
    ),
    (
      "Hani", "Han",
      """
      g0LZB4CM1GvBABAZIODke-tGgC-vUgoWtLCpDoodBMGpgkB-2pBgB9oECt0FCwpHPtTitC9QivBq6EFppI
      """,
      """
      3FAouLZB4CM1GaPBCBMBMBMCAGI7FA0EPgBlBJAwBnB4BwBPLzBA4CYKEgDeB-tGgC-vUg4BH4vUtLCpDrbB6IE8jcBMGp7YR+2HButD-2pBgB
      9oECt0FCwpHPtTitC9QivBq6EFppI
      """
    ),
    (
      "Hano", "Hanunoo",
      """
      g5FU
      """,
      """
      g5FW
      """
    ),
    (
      "Hatr", "Hatran",
      """
      gniCSBBFE
      """,
      nil
    ),
    (
      "Hebr", "Hebrew",
      """
      xsB2BIaEFop9BZBEBABBBBBJ
      """,
      """
      nYBoU2BIaEFop9BZBEBABBBBBJ
      """
    ),
    (
      "Hira", "Hiragana",
      """
      hiM1CGCh7-C+ISAdCtlQA
      """,
      """
      hgMCEJBMQFBAEBD1CCH6CBoqzBB6IEKAtBBhjsB+ISAdCtlQA
      """
    ),
    (
      "Hluw", "Anatolian_Hieroglyphs",
      """
      ggxCmS
      """,
      nil
    ),
    (
      "Hmng", "Pahawh_Hmong",
      """
      g46ClCKJBGBUFS
      """,
      nil
    ),
    (
      "Hmnp", "Nyiakeng_Puachue_Hmong",
      """
      go4DsBDNCJEB
      """,
      nil
    ),
    (
      "Hung", "Old_Hungarian",
      """
      gkjCyBNyBHF
      """,
      """
      6iIACAzuDAPA+x3ByBNyBHF
      """
    ),
    (
      "Ital", "Old_Italic",
      """
      g4gCjBJC
      """,
      nil
    ),
    (
      "Java", "Javanese",
      """
      gsqBtCCJEB
      """,
      """
      gsqBtCBKEB
      """
    ),
    (
      "Kali", "Kayah_Li",
      """
      goqBtBBA
      """,
      """
      goqBvB
      """
    ),
    (
      "Kana", "Katakana",
      """
      hlM5CCCwHPwGuBB3CugzBJBsByisBDBGBBBA-ICyBAOD
      """,
      """
      lYAdA9mLCEJBMQFBAEB7CDD-CwHPwGuBB3Ct3yBB6I+BwisBDBGBBBA-ICyBAOD
      """
    ),
    (
      "Kawi", "Kawi",
      """
      g4nCQBoBDc
      """,
      nil
    ),
    (
      "Khar", "Kharoshthi",
      """
      gwiCDBBFHBCBcCCEJHI
      """,
      nil
    ),
    (
      "Khmr", "Khmer",
      """
      g8F9CCJGJmPf
      """,
      nil
    ),
    (
      "Khoj", "Khojki",
      """
      gwkCRBuB
      """,
      """
      m3CJgqnBJmuaRBuB
      """
    ),
    (
      "Kits", "Khitan_Small_Script",
      """
      k-7CA74G1OpBA
      """,
      nil
    ),
    (
      "Knda", "Kannada",
      """
      gkDMBCBWBJBECIBCBDHBFCBDCJBC
      """,
      """
      xqCBRB6YMBCBWBJBECIBCBDHBFCBDCJBC8+DABBGAXABA75iBF
      """
    ),
    (
      "Krai", "Kirat_Rai",
      """
      gq7C5B
      """,
      nil
    ),
    (
      "Kthi", "Kaithi",
      """
      gkkCiCKA
      """,
      """
      mrCJhmJA+veJmiaiCKA
      """
    ),
    (
      "Lana", "Tai_Tham",
      """
      gxG+BBcCKGJGN
      """,
      nil
    ),
    (
      "Laoo", "Lao",
      """
      h0DBBABEBXBABWCEBABGBJCD
      """,
      nil
    ),
    (
      "Latn", "Latin",
      """
      hCZGZvBAPAFWBeBgOnBE7wGlBGwBFDFMBlChC-HxLANAQMtEBGAbARoB32Cfi1elDDxCUOwZqBBIBD28TG6gBZGZlhCFBpBBIl61BeGF
      """,
      """
      hCZGZvBAMACAFWBeBgODAKABCBAJABAGEbOBBBAPCHBBBmBAFAEM1IBqmBBo9BAkgDlBGwBFDFMBlC5BAH-HvJAhCANAQMzCA5BBGAbARoB32C
      f3MAoneHalDDxCUOuJAhQqBBIBD28TG6gBZGZlhCFBpBBIl61BeGF
      """
    ),
    (
      "Lepc", "Lepcha",
      """
      ggH3BDODC
      """,
      nil
    ),
    (
      "Limb", "Limbu",
      """
      goGeBLELEADL
      """,
      """
      lrCA68DeBLELEADL
      """
    ),
    (
      "Lina", "Linear_A",
      """
      gwhC2JJVKH
      """,
      """
      nogCsBsmB2JJVKH
      """
    ),
    (
      "Linb", "Linear_B",
      """
      gggCLBZBSBBBOCNiB6D
      """,
      """
      gggCLBZBSBBBOCNiB6DFCEsBDI
      """
    ),
    (
      "Lisu", "Lisu",
      """
      wmpBvBw1eA
      """,
      """
      8VAQA8pLBkmdvBw1eA
      """
    ),
    (
      "Lyci", "Lycian",
      """
      g0gCc
      """,
      """
      6iIAlx4Bc
      """
    ),
    (
      "Lydi", "Lydian",
      """
      gpiCZFA
      """,
      """
      3FA5rLAu32BZFA
      """
    ),
    (
      "Mahj", "Mahajani",
      """
      wqkCmB
      """,
      """
      3FAslCLg2nBJ2oamB
      """
    ),
    (
      "Maka", "Makasar",
      """
      g3nCY
      """,
      nil
    ),
    (
      "Mand", "Mandaic",
      """
      giCbCA
      """,
      """
      gyBA-PbCA
      """
    ),
    (
      "Mani", "Manichaean",
      """
      g2iCmBEL
      """,
      """
      gyBA-jhCmBEL
      """
    ),
    (
      "Marc", "Marchen",
      """
      wjnCfCVBN
      """,
      nil
    ),
    (
      "Medf", "Medefaidrin",
      """
      gy7C6C
      """,
      nil
    ),
    (
      "Mend", "Mende_Kikakui",
      """
      gg6DkGCP
      """,
      nil
    ),
    (
      "Merc", "Meroitic_Cursive",
      """
      gtiCXETCtB
      """,
      nil
    ),
    (
      "Mero", "Meroitic_Hieroglyphs",
      """
      gsiCf
      """,
      """
      9iIAip6Bf
      """
    ),
    (
      "Mlym", "Malayalam",
      """
      goDMBCByBBCBFEPCZ
      """,
      """
      xqCBRB6cMBCByBBCBFEPCZ66DAXA95iBC
      """
    ),
    (
      "Modi", "Modi",
      """
      gwlCkCLJ
      """,
      """
      whqBJmubkCLJ
      """
    ),
    (
      "Mong", "Mongolian",
      """
      ggGBCABTG4CHqB1t-BM
      """,
      """
      ggGZG4CHqBk8BAx+DBFD0y5BM
      """
    ),
    (
      "Mroo", "Mro",
      """
      gy6CeBJEB
      """,
      nil
    ),
    (
      "Mtei", "Meetei_Mayek",
      """
      g3qBWpGtBCJ
      """,
      nil
    ),
    (
      "Mult", "Multani",
      """
      g0kCGBABDBOBK
      """,
      """
      mzCJwgiCGBABDBOBK
      """
    ),
    (
      "Mymr", "Myanmar",
      """
      ggE-EgqmBehDfwibT
      """,
      """
      ggE-EukmBAxFehDfwibT
      """
    ),
    (
      "Nagm", "Nag_Mundari",
      """
      wm5DpB
      """,
      nil
    ),
    (
      "Nand", "Nandinagari",
      """
      gtmCHCtBCK
      """,
      """
      xqCASBgcJ5-DAIAHA15iBFqrcHCtBCK
      """
    ),
    (
      "Narb", "Old_North_Arabian",
      """
      g0iCf
      """,
      nil
    ),
    (
      "Nbat", "Nabataean",
      """
      gkiCeII
      """,
      nil
    ),
    (
      "Newa", "Newa",
      """
      gglC7CBE
      """,
      """
      xqCBi8EABBJAGABABAy49B7CBE
      """
    ),
    (
      "Nkoo", "Nko",
      """
      g+B6BCC
      """,
      """
      swBAOADAgN6BCC+p9BB
      """
    ),
    (
      "Nshu", "Nushu",
      """
      h-7CAusQrM
      """,
      nil
    ),
    (
      "Ogam", "Ogham",
      """
      g0Fc
      """,
      nil
    ),
    (
      "Olck", "Ol_Chiki",
      """
      wiHvB
      """,
      nil
    ),
    (
      "Onao", "Ol_Onal",
      """
      wu5DqBEA
      """,
      """
      krCBqj3DqBEA
      """
    ),
    (
      "Orkh", "Old_Turkic",
      """
      ggjCoC
      """,
      """
      6iIA1uDAvu3BoC
      """
    ),
    (
      "Orya", "Oriya",
      """
      h4CCBHCBCVBGBBBECICBCCHCEBBECR
      """,
      """
      xqCBRB7MCBHCBCVBGBBBECICBCCHCEBBECRirEAXA
      """
    ),
    (
      "Osge", "Osage",
      """
      wlhCjBEjB
      """,
      """
      hYACAGAsCA3qgCjBEjB
      """
    ),
    (
      "Osma", "Osmanya",
      """
      gkhCdCJ
      """,
      nil
    ),
    (
      "Ougr", "Old_Uyghur",
      """
      w7jCZ
      """,
      """
      gyBAxlhCA9jBZ
      """
    ),
    (
      "Palm", "Palmyrene",
      """
      gjiCf
      """,
      nil
    ),
    (
      "Pauc", "Pau_Cin_Hau",
      """
      g2mC4B
      """,
      nil
    ),
    (
      "Perm", "Old_Permic",
      """
      w6gCqB
      """,
      """
      3FAoSAFCKAvLAs2-BqB
      """
    ),
    (
      "Phag", "Phags_Pa",
      """
      giqB3B
      """,
      """
      igGBBAphCAy+DA9he3B
      """
    ),
    (
      "Phli", "Inscriptional_Pahlavi",
      """
      g7iCSFH
      """,
      nil
    ),
    (
      "Phlp", "Psalter_Pahlavi",
      """
      g8iCRHDMG
      """,
      """
      gyBA-phCRHDMG
      """
    ),
    (
      "Phnx", "Phoenician",
      """
      goiCbDA
      """,
      nil
    ),
    (
      "Plrd", "Miao",
      """
      g47CqCE4BHQ
      """,
      nil
    ),
    (
      "Prti", "Inscriptional_Parthian",
      """
      g6iCVCH
      """,
      nil
    ),
    (
      "Rjng", "Rejang",
      """
      wpqBjBLA
      """,
      nil
    ),
    (
      "Rohg", "Hanifi_Rohingya",
      """
      gojCnBIJ
      """,
      """
      swBAOADAgBAzEArxhCnBIJ
      """
    ),
    (
      "Runr", "Runic",
      """
      g1FqCDK
      """,
      """
      g1F4C
      """
    ),
    (
      "Samr", "Samaritan",
      """
      ggCtBCO
      """,
      """
      ggCtBCOyvJA
      """
    ),
    (
      "Sarb", "Old_South_Arabian",
      """
      gziCf
      """,
      nil
    ),
    (
      "Saur", "Saurashtra",
      """
      gkqBlCIL
      """,
      nil
    ),
    (
      "Sgnw", "SignWriting",
      """
      gg2DrUPEBO
      """,
      nil
    ),
    (
      "Shaw", "Shavian",
      """
      wihCvB
      """,
      """
      3FA48gCvB
      """
    ),
    (
      "Shrd", "Sharada",
      """
      gskC-CgsCH
      """,
      """
      xqCAl8EABACBCAJACAi6iBFCAnqa-CgsCH
      """
    ),
    (
      "Sidd", "Siddham",
      """
      gslC1BClB
      """,
      nil
    ),
    (
      "Sidt", "Sidetic",
      """
      gqiCZ
      """,
      nil
    ),
    (
      "Sind", "Khudawadi",
      """
      w1kC6BFJ
      """,
      """
      krCBq2nBJ2za6BFJ
      """
    ),
    (
      "Sinh", "Sinhala",
      """
      hsDCBRDXBIBACGDAEFBABHGJCCs-gCT
      """,
      """
      krCB7gBCBRDXBIBACGDAEFBABHGJCC93DAun9BT
      """
    ),
    (
      "Sogd", "Sogdian",
      """
      w5jCpB
      """,
      """
      gyBAvniCpB
      """
    ),
    (
      "Sogo", "Old_Sogdian",
      """
      g4jCnB
      """,
      nil
    ),
    (
      "Sora", "Sora_Sompeng",
      """
      wmkCYHJ
      """,
      nil
    ),
    (
      "Soyo", "Soyombo",
      """
      wymCyC
      """,
      nil
    ),
    (
      "Sund", "Sundanese",
      """
      g8G-BgIH
      """,
      nil
    ),
    (
      "Sunu", "Sunuwar",
      """
      g+mChBOJ
      """,
      """
      gYBBAJACAcADAukmChBOJ
      """
    ),
    (
      "Sylo", "Syloti_Nagri",
      """
      ggqBsB
      """,
      """
      krCBgEJwwnBsB
      """
    ),
    (
      "Syrc", "Syriac",
      """
      g4BNB7BCCwIK
      """,
      """
      jYBCBBAYCHBBB6WAOBCAgBAKKaAvENB7BCCwIKtsFABA
      """
    ),
    (
      "Tagb", "Tagbanwa",
      """
      g7FMBCBB
      """,
      """
      15FBpBMBCBB
      """
    ),
    (
      "Takr", "Takri",
      """
      g0lC5BGJ
      """,
      """
      krCBq2nBJmyb5BGJ
      """
    ),
    (
      "Tale", "Tai_Le",
      """
      wqGdCE
      """,
      """
      gYBFBDAzpDJmoCdCE
      """
    ),
    (
      "Talu", "New_Tai_Lue",
      """
      gsGrBEZGKDB
      """,
      nil
    ),
    (
      "Taml", "Tamil",
      """
      i8CBBFDCBDDBBABBDBDCDLEEDCBDCAGAOUl+kCxBNA
      """,
      """
      xqCBRB8QBBFDCBDDBBABBDBDCDLEEDCBDCAGAOU-mEA4gjBAtwaABA3BBjkDxBNA
      """
    ),
    (
      "Tang", "Tangut",
      """
      g-7CAf-3GgQehDyD
      """,
      """
      w-LPvPAwvvCAf-3GgQehDyD
      """
    ),
    (
      "Tavt", "Tai_Viet",
      """
      g0qBiCYE
      """,
      nil
    ),
    (
      "Tayo", "Tai_Yo",
      """
      g25DeBVIB
      """,
      nil
    ),
    (
      "Telu", "Telugu",
      """
      ggDMBCBWBPCIBCBDHBBCBBCDCJHI
      """,
      """
      xqCBRB6UMBCBWBPCIBCBDHBBCBBCDCJHI1iEBBABAXA
      """
    ),
    (
      "Tfng", "Tifinagh",
      """
      wpL3BHBOA
      """,
      """
      iYABABDZAswK3BHBOA
      """
    ),
    (
      "Tglg", "Tagalog",
      """
      g4FVJA
      """,
      """
      g4FVJAVB
      """
    ),
    (
      "Thaa", "Thaana",
      """
      g8BxB
      """,
      """
      swBAOBCAgCJ2IxBgy9BAKA
      """
    ),
    (
      "Thai", "Thai",
      """
      hwD5BFb
      """,
      """
      8VAaArBAtBAv2C5BFb
      """
    ),
    (
      "Tibt", "Tibetan",
      """
      g4DnCBjBEmBBjBBOBGEB
      """,
      """
      g4DnCBjBEmBBjBBOBGEBthID
      """
    ),
    (
      "Tirh", "Tirhuta",
      """
      gklCnCIJ
      """,
      """
      xqCBRBv7EAMAPA95iBJmibnCIJ
      """
    ),
    (
      "Tnsa", "Tangsa",
      """
      wz6CuCBJ
      """,
      nil
    ),
    (
      "Todr", "Todhri",
      """
      guhCzB
      """,
      """
      hYACACAJABAqCAhzgCzB
      """
    ),
    (
      "Tols", "Tolong_Siki",
      """
      wtnCrBEJ
      """,
      nil
    ),
    (
      "Toto", "Toto",
      """
      w04De
      """,
      """
      8VAz+3De
      """
    ),
    (
      "Tutg", "Tulu_Tigalari",
      """
      g8kCJBACABlBBJBACABDBJBBIB
      """,
      """
      mnDJigEABA75iBF7FAu0aJBACABlBBJBACABDBJBBIB
      """
    ),
    (
      "Ugar", "Ugaritic",
      """
      g8gCdBA
      """,
      nil
    ),
    (
      "Vaii", "Vai",
      """
      gopBrJ
      """,
      nil
    ),
    (
      "Vith", "Vithkuqi",
      """
      wrhCKBOBGBBBKBOBGBB
      """,
      nil
    ),
    (
      "Wara", "Warang_Citi",
      """
      glmCyCMA
      """,
      nil
    ),
    (
      "Wcho", "Wancho",
      """
      g24D5BFA
      """,
      nil
    ),
    (
      "Xpeo", "Old_Persian",
      """
      g9gCjBEN
      """,
      nil
    ),
    (
      "Xsux", "Cuneiform",
      """
      ggoC5cmDuDBELjG
      """,
      nil
    ),
    (
      "Yezi", "Yezidi",
      """
      g0jCpBBCCB
      """,
      """
      swBAOADAgCJ2giCpBBCCB
      """
    ),
    (
      "Yiii", "Yi",
      """
      ggoBskBD2B
      """,
      """
      hgMBFJCH-GAk4bskBD2B60WE
      """
    ),
    (
      "Zanb", "Zanabazar_Square",
      """
      gwmCnC
      """,
      nil
    ),
    (
      "Zinh", "Inherited",
      """
      gYvD1IBkOKaAgXD7qEtBCLkPCBMBGEAGADBmG-BsQBiGgB55DDrDBlrzBPQNveAiHA6iEAk+uBtBCWgRCRHCGeDy6rYvH
      """,
      """
      vYACABODGCACPBBBRBEBDwvBB7qEtBCL2W1BBABEsQBiGfwo3BPQNveAiozBtBCWgRCRHCGeDy6rYvH
      """
    ),
    (
      "Qaai", "Inherited",
      """
      gYvD1IBkOKaAgXD7qEtBCLkPCBMBGEAGADBmG-BsQBiGgB55DDrDBlrzBPQNveAiHA6iEAk+uBtBCWgRCRHCGeDy6rYvH
      """,
      """
      vYACABODGCACPBBBRBEBDwvBB7qEtBCL2W1BBABEsQBiGfwo3BPQNveAiozBtBCWgRCRHCGeDy6rYvH
      """
    ),
    (
      "Zyyy", "Common",
      """
      AgCaFauBBOBEXAfAhOmBFECT0DAJAGABA9TAGAOADAgBA8EAkQAhEB5mBA1MDiJAvvBCnCBrGBBAtmBANAHDBFBCCAlYLC2CBKDKBORhB+BlBB
      CCFBaBQpBCE5UWKV-cgIzTCpEgQ9CyMUBABYPHED7CBDA6CBzEPgBlBJAwB-BfwCvBA4CnFguG-BgoWhBmDClFJ0HAgFArMAOByuUBwGJWiBBS
      BDzEABfaFaKKAtBBgCGBGKEiICEsBDIwCMzBsBkHaktuBD86D8HDzNGWPQ-CzD8B1HKmBC9BDQIBHdE8B1GTMTM2CJYnE0CBmCBBCACBCDBLBA
      BGBgCBDCHBGBbBDBEBADGBzKCjJCxBxjFjCsC8BiWrBEjDMOCOBOBkBKtF4BZBBNrBEIHBOF6E4eDQDMD5GGLEAPLE3BIJGnBIdCLEBOInB3KI
      NCMDKD4BBAEPCLEJHyEBmDmghYAe-C
      """,
      """
      AgCaFauBBLBBBEXAfAhOCBJBADABIBABFFECT+DAGABA9TA3GAkQA8qBA1MDnhELCgBBeBJBBBGBKDKBORhB+BlBBCCFBaBQpBCE5UWKV-cgIz
      TCpEgQWBXCJBDBABZiNADANANAVAxQXfAxBOMDhFJF-CfAguG-BooWZmDCweAOBk1UJWUCLBSBDzEABfaFaF-DGBGKEyMMzBsBjwyB8HDzNGWP
      Q-CzD8B1HKmBC9BDQIBHdE8B1GTMTM2CbGnE0CBmCBBCACBCDBLBABGBgCBDCHBGBbBDBEBADGBzKCjJCxBxjFjCsC8BiWrBEjDMOCOBOBkBKt
      F4BZBBNrBEIXF6E4eDQDMD5GGLEAPLE3BIJGnBIdCLEBOInB3KINCMDKD4BBAEPCLEJHyEBmDmghYAe-C
      """
    ),
  ]
}
