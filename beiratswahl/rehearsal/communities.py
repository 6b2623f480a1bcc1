"""Namen der Communities, die in Rheinland-Pfalz leben, über den Zeichenvorrat der DIN 91379; every combination is fictitious."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """Herkunft: nationality key, how many of a hundred foreign residents, and names.

    Attributes:
        key: nationality key.
        weight: share among foreign residents, in per mille.
        families: family names; a name with "/" has a male and a female form.
        men, women: given names.
        second_names: given names that follow the first in three of ten persons.
        unknown_birthdays: True where registers often know the year of birth only.
    """

    key: str
    weight: int
    families: tuple[str, ...]
    men: tuple[str, ...]
    women: tuple[str, ...]
    second_names: tuple[str, ...] = ()
    unknown_birthdays: bool = False


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


def _community(key: str, weight: int, families: str, men: str, women: str, *, second: str = "", unknown: bool = False) -> Community:
    return Community(key, weight, _words(families), _words(men), _words(women), _words(second), unknown)


GERMANS = _community(
    "000",
    0,
    "Müller Schmitt Schneider Weber Becker Klein Wagner Groß Weiß Schäfer Zimmermann Köhler Krüger Böhm Vogel Jung Keller Görgen "
    "Thönnes Heß Lauer Scherer Kiefer Braun-Weiß von_der_Heydt zu_Stolberg Schlösser Bäcker Kühn Höfer Dürr Preiß Reinhardt Engel "
    "Fuchs Haas Lorenz Pfeiffer Roth Simon Schwarz Ziegler Brück Mayer Meier Meyer Maier Strauß Löffler Küster Völker Ößwein",
    "Klaus Jürgen Günther Björn Jörg Uwe Thomas Andreas Stefan Lukas Jonas Finn Felix Maximilian Hans-Peter Karl-Heinz Rüdiger André "
    "René Matthias Christoph Sören Götz Ole Paul Emil Anton Ludwig Bernd Wolfgang",
    "Anna Käthe Ursula Sabine Birgit Jutta Renée Zoë Chloé Emma Mia Hannah Lea Marie Sophie Charlotte Gisela Monika Petra Heike Silke "
    "Bärbel Käte Anneliese Anne-Marie Doris Martina Franziska Johanna Luise",
    second="Maria Johannes Elisabeth Josef Katharina Friedrich",
)

COMMUNITIES = (
    _community(
        "163",
        150,
        "Yılmaz Kaya Demir Şahin Çelik Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Koç Kurt Özkan Şimşek Güneş Işık Yıldız Gündoğdu "
        "Uğurlu Büyükşahin Ağaoğlu Küçük İnce Ünal",
        "Mehmet Mustafa Ahmet Hüseyin İbrahim İsmail Ömer Şükrü Oğuzhan Çağlar Gökhan Uğur Yiğit Doğukan Emre Halil",
        "Fatma Ayşe Emine Hatice Zeynep Gülşen Özlem Şeyma Çiğdem Ümmühan İlknur Büşra Tuğba Sıla Elif Yıldız",
        second="Can Nur Ali Gül",
    ),
    _community(
        "475",
        130,
        "al-Aḥmad al-Ḥasan al-Ḥusain Ḥamdān al-Maṣrī Šāmī Ḫalīl ʿAbdallāh Šaʿbān al-Ǧāsim Haddad Khoury Alhassan Al_Omar Darwish Kassab "
        "Nāṣir Qāsim Sulaimān aṭ-Ṭawīl",
        "Muḥammad Aḥmad ʿUmar Yūsuf Ḫālid Ḥasan Mahmoud Abdulrahman Samer Bašār Ǧamāl Ṭāriq Luʾayy Anas",
        "Fāṭima ʿĀʾiša Maryam Nūr Raʾīfa Hiba Rasha Ghada Ḥanān Šahd Zainab Lubnā Yasmin Duʿāʾ",
        unknown=True,
    ),
    _community(
        "154",
        95,
        "Popescu Ionescu Ștefănescu Țepeș Mureșan Crăciun Pârvulescu Bălan Șerban Rățoi Dumitrașcu Stănescu Gheorghiță Niță Câmpeanu "
        "Drăgulescu Vlădescu",
        "Ion Ștefan Tudor Mihăiță Cătălin Răzvan Alexandru Florin Dănuț Gheorghe Costel Ionuț Laurențiu",
        "Mădălina Ștefania Țuța Ioana Cătălina Lăcrămioara Andreea Elena Brândușa Măriuca Simona Crăița",
        second="Maria Vasile",
    ),
    _community(
        "152",
        85,
        "Wójcik Kowalski/Kowalska Wiśniewski/Wiśniewska Dąbrowski/Dąbrowska Zieliński/Zielińska Szczęsny/Szczęsna Żak Źrebiec Łuczak "
        "Gołębiowski/Gołębiowska Święch Nowak Mazur Pawłowski/Pawłowska Jabłoński/Jabłońska Krzyżanowski/Krzyżanowska Ćwikła",
        "Łukasz Stanisław Michał Paweł Grzegorz Krzysztof Zdzisław Wojciech Świętosław Mieczysław Jarosław Bartłomiej",
        "Małgorzata Agnieszka Elżbieta Żaneta Bożena Grażyna Zofia Łucja Bogumiła Katarzyna Wiesława",
        second="Jan Anna",
    ),
    _community(
        "166",
        90,
        "Shevchenko Kovalʹčuk Bondarenko Ševčenko Tkačenko Kravchuk Lysenko Hryhorenko Melʹnyk Petrenko Žuk Ŝerbak Shcherbyna "
        "Zelensʹkyj/Zelensʹka Kovalskyi/Kovalska Pavljuk Marʹjanenko",
        "Oleksandr Serhìj Andrij Volodymyr Mykola Dmytro Yevhenii Ihor Ûrìj Vìktor Artem Illâ",
        "Oksana Nataliia Olʹha Tetâna Kateryna Iryna Ûlìâ Svìtlana Halyna Lûdmyla Žanna Marʹâna",
    ),
    _community(
        "137",
        70,
        "Rossi Russo D’Angelo Dell’Aquila Esposito Niccolò Lo_Presti Cirò La_Rosa De_Luca Bianchi Ferrara Nicolì Cantù Forlì Di_Pietro",
        "Niccolò Giosuè Giuseppe Salvatore Calogero Antonino Luca Mosè Vincenzo Domenico",
        "Concetta Giuseppina Rosalìa Carmela Noemì Chiara Francesca Mariù Pina Alessia",
        second="Maria",
    ),
    _community(
        "125",
        60,
        "Dimitrov/Dimitrova Georgiev/Georgieva Stoânov/Stoânova Ǎngelov/Ǎngelova Hristov/Hristova Ivanov/Ivanova Mihajlov/Mihajlova "
        "Asenov/Asenova Jordanov/Jordanova Čakǎrov/Čakǎrova",
        "Georgi Dimitǎr Hristo Plamen Krasimir Stojan Asen Ângel Vasil Svetoslav",
        "Mariâ Desislava Penka Ivanka Cvetelina Nadežda Radka Ganka Stefka Ûliâna",
    ),
    _community(
        "423",
        55,
        "Aḥmadī Raḥīmī Noori Ḥusainī Muḥammadī Amīrī Stānikzai Karimi Qādirī Zadran Sulṭānī Mohammadi Haydari Ġulāmī",
        "ʿAlī_Riżā Ḥamīdullāh Naǧībullāh Mohammad Farīd Zabiullah Ġulām Esmatullah Rūḥullāh Jawad",
        "Zahrā Farzāna Šukrīya Ḥamīda Nasrīn Sediqa Fereštah Masʿūda Zainab Laylā",
        unknown=True,
    ),
    _community(
        "150",
        40,
        "Gashi Krasniqi Hoxha Berisha Çelaj Shala Rëxhepi Zymëri Llapashtica Përlaskaj Bytyqi Mëhmeti Hyseni Kryeziu",
        "Gëzim Përparim Arbër Ilir Fatmir Çlirim Shkëlzen Agron Blerim Lulzim",
        "Vjollcë Shqipë Arbëresha Drita Fatlumë Besë Mirë Hatixhe Zyrë Teutë",
    ),
    _community(
        "153",
        40,
        "Conceição Gonçalves Simões Magalhães Araújo Brandão Guimarães Falcão Vaz_de_Camões Leitão Sá Brás Antunes_da_Luz",
        "João José António Luís Simão Estêvão Vítor Sebastião Rúben Inácio",
        "Conceição Inês Lúcia Fátima Assunção Mónica Patrícia Beatriz Graça Verónica",
        second="Manuel da_Luz",
    ),
    _community(
        "432",
        25,
        "Nguyễn Trần Lê Phạm Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
        "Văn_Hùng Đức_Anh Quốc_Bảo Hữu_Phước Minh_Tuấn Thế_Vinh Ngọc_Sơn Xuân_Trường Công_Đạt",
        "Thị_Hồng_Nhung Thị_Ánh_Tuyết Ngọc_Ẩn Thị_Mỹ_Lệ Thùy_Dương Bích_Ngọc Thị_Ước Thu_Hằng Kiều_Oanh",
    ),
    _community(
        "224",
        35,
        "Tesfay Gebremedhin Haile Ghebrehiwet Ḥagos Woldemariam Kidane Tekle Ogbazghi Abrəha Mehari Zärʾay Bereket Yoḥannəs",
        "Yonas Filmon Tədros Mikaʾel Abel Dawit Əyob Kibrom Semere Robel",
        "Selam Fəruz Rahwa Ləmləm Hiwet Senait Ṣəge Məḥrät Eden Luwam",
        unknown=True,
    ),
    _community(
        "436",
        25,
        "Śarmā Kumār Siṅgh Paṭēl Āṟumukam Subramaṇiyaṉ Kr̥ṣṇamūrti Iyer Reḍḍi Nāyar Cantiraṉ Gupta Vēṅkaṭēśvaraṉ Rājēndraṉ",
        "Rājēś Śivakumār Murukaṉ Aniruddha Harṣa Kr̥ṣṇa Vijay Lakṣmaṇ Praśānt Bālājī",
        "Lakṣmī Pārvatī Gāyatrī Kavitā Śrīdēvī Nandinī Mīṉākṣī Sarasvatī Priyā Tamiḻcelvi",
    ),
    _community(
        "431",
        10,
        "Civaliṅkam Kaṇapatippiḷḷai Selvarajah Perera Vēluppiḷḷai Yōkarājā Thevarajah Makēntiraṉ",
        "Cuntaram Yōkaṉ Nimal Kirupākaraṉ Tēvaṉ Sutharsan",
        "Vāṇi Cumati Kumuthini Rañcinī Tavamaṇi Nirosha",
    ),
    _community(
        "130",
        20,
        "Horvat Kovačević Babić Marić Đurić Čačić Žagar Šimunović Grgić Knežević",
        "Željko Đuro Šime Ivan Krešimir Tomislav Branimir Siniša",
        "Željka Đurđica Snježana Višnja Ružica Božica Ana Katica",
    ),
    _community(
        "170",
        15,
        "Đorđević Jovanović Petrović Nikolić Šešelj Živković Čolić Ljubičić",
        "Đorđe Miloš Nebojša Živko Saša Zoran Uroš Čedomir",
        "Dušanka Živka Ljiljana Snežana Jovana Đurđina Radmila Čarna",
    ),
    _community(
        "122",
        15,
        "Hodžić Begić Delić Hadžić Mujkić Šabić Ćosić Osmanović",
        "Šefik Džemal Safet Mirsad Ćamil Emir Haris Nedžad",
        "Džemila Šuhra Fikreta Ćamila Amra Lejla Merjem Nedžada",
    ),
    _community(
        "165",
        15,
        "Nagy Szűcs Kővári Tóth Őze Fűzesi Győrffy Ágoston Hegedűs",
        "László Győző Jenő Dezső Gergő Szilárd Árpád",
        "Gyöngyi Erzsébet Tünde Piroska Zsófia Ágnes Ildikó",
    ),
    _community(
        "160",
        15,
        "Ivanov/Ivanova Kuznecov/Kuznecova Sokolov/Sokolova Ŝukin/Ŝukina Èjhe Ûdin/Ûdina Zajcev/Zajceva",
        "Sergej Dmitrij Ilʹâ Ûrij Èduard Gennadij Aleksej Vâčeslav",
        "Svetlana Tatʹâna Lûbovʹ Ûliâ Èlʹvira Nadežda Natalʹâ Zinaida",
    ),
    _community(
        "439",
        15,
        "Aḥmadī Moḥammadī Ḥosainī Reẓāʾī Karīmī Mūsavī Ǧaʿfarī Ṣādeqī",
        "ʿAlī Reẓā Ḥosain Mahdī Kūroš Bahrām Sīāvaš Amīr",
        "Fāṭemeh Zahrā Maryam Nāzanīn Šīrīn Parvāneh Leylā Mahsā",
    ),
    _community(
        "438",
        15,
        "al-Ǧubūrī al-ʿUbaidī Ḥasan Murād Šingālī Qāsim Barzanî Xelîl",
        "ʿAlī Ḥaidar Muṣṭafā Hêvîdar Serbest Bayar Ǧaʿfar Saʿad",
        "Zainab Hêlîn Rojîn Šīmāʾ Narīn Ṣābrīn Ġufrān Rîhan",
        unknown=True,
    ),
    _community(
        "273",
        10,
        "Cali Xasan Maxamed Cabdullaahi Faarax Warsame Nuur Aadan",
        "Maxamed Cabdiraxmaan Axmed Yuusuf Cismaan Xuseen Ciise Liibaan",
        "Faadumo Xaliimo Caasha Sahra Ismahaan Hodan Nimco Deeqa",
        unknown=True,
    ),
    _community(
        "129",
        10,
        "Lefèvre Garçon Bérenger Noël L’Hôpital Dubœuf D’Haÿ Boëdec",
        "François Jérôme Benoît Loïc Gaël Rémi Stéphane Zoël",
        "Hélène Cécile Françoise Gaëlle Maëlys Aïcha Anaïs Élise",
    ),
    _community(
        "164",
        8,
        "Dvořák/Dvořáková Šťastný/Šťastná Růžička/Růžičková Černý/Černá Němec/Němcová Kučera/Kučerová",
        "Jiří Tomáš Ondřej Matěj Luděk Vojtěch",
        "Zdeňka Božena Markéta Růžena Kateřina Děvana",
    ),
    _community(
        "139",
        7,
        "Bērziņš/Bērziņa Ķēniņš/Ķēniņa Kļaviņš/Kļaviņa Ģērmanis/Ģērmane Šķēle Ņikitins/Ņikitina",
        "Jānis Ģirts Kārlis Mārtiņš Uģis Ēriks",
        "Līga Ķērsta Žanete Ilze Dzintra Mārīte",
    ),
    _community(
        "252",
        12,
        "El_Amrani Benʿalī Aït_Lahcen Bouʿazza Ouaddouš Ziani",
        "Yūnus Rachid ʿAzīz Hamza Idrīs Anouar",
        "Ḫadīǧa Naïma Saïda Ilham Zhor Ḥayāt",
    ),
    _community("238", 8, "Owusu Mensah Boateng Asante Agyei", "Kwame Kofi Kwaku Yaw Kojo", "Akosua Ama Abena Esi Afia Adwoa"),
    _community("479", 10, "Wáng Lǐ Zhāng Liú Chén Lǚ", "Wěi Qiáng Jùn Lǐháng Yǒng Jiànguó", "Xiùyīng Fāng Nǚyīng Lì Měilíng Yàn"),
)
