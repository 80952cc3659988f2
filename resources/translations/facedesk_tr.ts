<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="tr_TR">
<context>
    <name>AboutPage</name>
    <message>
        <source>Nothing is sent anywhere. Emotions are not read.</source>
        <translation>Hiçbir yere veri gönderilmez. Duygular okunmaz.</translation>
    </message>
    <message>
        <source>Recognises people live, on this machine alone. Open source under the MIT licence.</source>
        <translation>Kişileri canlı olarak, yalnızca bu makinede tanır. MIT lisanslı açık kaynak yazılımdır.</translation>
    </message>
    <message>
        <source>What runs and what is kept</source>
        <translation>Ne çalışıyor, ne saklanıyor</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Ağlar</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Bileşenler ve lisansları</translation>
    </message>
    <message>
        <source>No network is installed.</source>
        <translation>Kurulu bir ağ yok.</translation>
    </message>
    <message>
        <source>Finding faces (MTCNN).</source>
        <translation>Yüz bulma (MTCNN).</translation>
    </message>
    <message>
        <source>Comparing each face with the enrolled people ({network}).</source>
        <translation>Her yüzü kayıtlı kişilerle karşılaştırma ({network}).</translation>
    </message>
    <message>
        <source>Guessing {attributes}, for show alone.</source>
        <translation>Tahmin ({attributes}), yalnızca gösterim için.</translation>
    </message>
    <message>
        <source>Age group and ethnicity are not shown.</source>
        <translation>Yaş grubu ve etnik köken gösterilmiyor.</translation>
    </message>
    <message>
        <source>Nothing is kept: whoever was taught is forgotten when the program closes.</source>
        <translation>Hiçbir şey saklanmaz: öğretilen herkes program kapanınca unutulur.</translation>
    </message>
    <message>
        <source>the data folder</source>
        <translation>veri klasörü</translation>
    </message>
    <message>
        <source>Enrolled people are kept, with their consent, in {folder}.</source>
        <translation>Kayıtlı kişiler, onamlarıyla birlikte, şurada saklanır: {folder}.</translation>
    </message>
    <message>
        <source>Only people whom you enrol are kept, in {folder}.</source>
        <translation>Yalnızca sizin kaydettiğiniz kişiler saklanır: {folder}.</translation>
    </message>
    <message>
        <source>Pictures of passers-by are not kept.</source>
        <translation>Gelip geçenlerin görüntüleri saklanmaz.</translation>
    </message>
    <message>
        <source>The card states no terms; take it as for research only.</source>
        <translation>Kartta koşul belirtilmemiş; yalnızca araştırma için sayın.</translation>
    </message>
</context>
<context>
    <name>BackupFrame</name>
    <message>
        <source>Back</source>
        <translation>Geri</translation>
    </message>
</context>
<context>
    <name>BackupView</name>
    <message numerus="yes">
        <source>At least %n characters. Without it nobody can read the backup or restore it.</source>
        <translation>
            <numerusform>En az %n karakter. Parola olmadan yedeği kimse okuyamaz ve geri yükleyemez.</numerusform>
        </translation>
    </message>
    <message>
        <source>Back up everything</source>
        <translation>Her şeyi yedekle</translation>
    </message>
    <message>
        <source>Other place …</source>
        <translation>Başka yer …</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>Yedekle</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Yedekler</translation>
    </message>
    <message>
        <source>Where to put the backup</source>
        <translation>Yedeğin konacağı yer</translation>
    </message>
    <message>
        <source>Backing up …</source>
        <translation>Yedekleniyor …</translation>
    </message>
    <message numerus="yes">
        <source>%n people backed up to {path}.</source>
        <translation>
            <numerusform>%n kişi {path} dosyasına yedeklendi.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CameraPage</name>
    <message>
        <source>Nobody is in view.</source>
        <translation>Görüşte kimse yok.</translation>
    </message>
</context>
<context>
    <name>CameraView</name>
    <message>
        <source>Camera picture</source>
        <translation>Kamera görüntüsü</translation>
    </message>
</context>
<context>
    <name>CaptureStep</name>
    <message>
        <source>Pictures</source>
        <translation>Resimler</translation>
    </message>
    <message>
        <source>Photos …</source>
        <translation>Fotoğraflar …</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Klasör …</translation>
    </message>
    <message>
        <source>Use the camera</source>
        <translation>Kamerayı kullan</translation>
    </message>
    <message>
        <source>Please look straight into the camera.</source>
        <translation>Lütfen doğrudan kameraya bakın.</translation>
    </message>
    <message>
        <source>Looking at the photographs …</source>
        <translation>Fotoğraflara bakılıyor …</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n resim</numerusform>
        </translation>
    </message>
    <message>
        <source>None of these photographs can be used.</source>
        <translation>Bu fotoğrafların hiçbiri kullanılamıyor.</translation>
    </message>
    <message>
        <source>Photographs taken.</source>
        <translation>Fotoğraflar alındı.</translation>
    </message>
    <message numerus="yes">
        <source>%n photograph(s) cannot be used:</source>
        <translation>
            <numerusform>%n fotoğraf kullanılamıyor:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… ve %n tane daha</numerusform>
        </translation>
    </message>
    <message>
        <source>Photographs of one person</source>
        <translation>Bir kişinin fotoğrafları</translation>
    </message>
    <message>
        <source>Folder with photographs of one person</source>
        <translation>Bir kişinin fotoğraflarının klasörü</translation>
    </message>
    <message>
        <source>Photographs can be dropped here.</source>
        <translation>Fotoğraflar buraya bırakılabilir.</translation>
    </message>
    <message>
        <source>Or instead of the camera:</source>
        <translation>Ya da kamera yerine:</translation>
    </message>
    <message>
        <source>These pictures will do: tap Next to go on.</source>
        <translation>Bu resimler yeter: sürdürmek için İleri’ye dokunun.</translation>
    </message>
</context>
<context>
    <name>CaptureView</name>
    <message>
        <source>Camera picture</source>
        <translation>Kamera görüntüsü</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>The largest network, for a laptop or a fast board.</source>
        <translation>En büyük ağ; dizüstü bilgisayar ya da hızlı bir kart için.</translation>
    </message>
    <message>
        <source>The desk&apos;s network: accurate and quick on a Raspberry Pi.</source>
        <translation>Masanın ağı: Raspberry Pi’de isabetli ve hızlı.</translation>
    </message>
    <message>
        <source>The smallest network, for the oldest boards.</source>
        <translation>En küçük ağ; en eski kartlar için.</translation>
    </message>
    <message>
        <source>Research and demonstration only (non-commercial training data)</source>
        <translation>Yalnızca araştırma ve gösterim için (ticari olmayan eğitim verisi)</translation>
    </message>
    <message>
        <source>For research and demonstration only: some of the training pictures (UTKFace, CelebA, All-Age-Faces, press photographs) may not be used commercially. models/README.md says how to train on pictures of your own.</source>
        <translation>Yalnızca araştırma ve gösterim için: eğitimde kullanılan resimlerin bir bölümü (UTKFace, CelebA, All-Age-Faces, basın fotoğrafları) ticari amaçla kullanılamaz. Kendi resimlerinizle nasıl eğitileceği models/README.md dosyasında yazar.</translation>
    </message>
</context>
<context>
    <name>CheckStep</name>
    <message>
        <source>Are these pictures good?</source>
        <translation>Bu resimler iyi mi?</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Kaydet</translation>
    </message>
    <message>
        <source>Same person: add the pictures</source>
        <translation>Aynı kişi: resimleri ekle</translation>
    </message>
    <message>
        <source>Somebody else</source>
        <translation>Başka biri</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Comparing …</source>
        <translation>Karşılaştırılıyor …</translation>
    </message>
    <message>
        <source>The pictures could not be compared.</source>
        <translation>Resimler karşılaştırılamadı.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) seem to show somebody else and are struck out.</source>
        <translation>
            <numerusform>%n resim başka birini gösteriyor gibi; çıkarıldı.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tap a picture to strike it out.</source>
        <translation>Bir resmi çıkarmak için ona dokunun.</translation>
    </message>
    <message>
        <source>Looks like {name}, {likeness}. Is it the same person?</source>
        <translation>{name} ile benzeşiyor ({likeness}). Aynı kişi mi?</translation>
    </message>
    <message>
        <source>Then the desk may ask whether it is {name} when they look alike.</source>
        <translation>O zaman masa, benzedikleri durumda {name} olup olmadığını sorabilir.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) will be kept, encrypted.</source>
        <translation>
            <numerusform>%n resim şifreli olarak saklanacak.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Consent</name>
    <message>
        <source>I, {name}, agree that Facedesk takes pictures of my face now and uses them to recognise me at this event. The pictures and what is computed from them stay on this machine alone, are encrypted, and are deleted when the program closes, at the latest. I can have them deleted at any time before.</source>
        <translation>Ben, {name}, Facedesk’in şimdi yüzümün resimlerini çekmesini ve bunları beni bu etkinlikte tanımak için kullanmasını kabul ediyorum. Resimler ve onlardan hesaplananlar yalnızca bu makinede, şifreli olarak kalır ve en geç program kapanınca silinir. Daha önce de istediğim an sildirebilirim.</translation>
    </message>
    <message>
        <source>I, {name}, agree that Facedesk takes pictures of my face now and uses them to recognise me at this desk. About 20 cut-out pictures of my face and what is computed from them are kept on this machine alone, encrypted, until {date}; then they are deleted by themselves. No whole pictures or videos are kept, and nothing is sent anywhere. I can see, take with me or have deleted everything kept of me at any time, without giving a reason. Whoever does not agree can check in without their face.</source>
        <translation>Ben, {name}, Facedesk’in şimdi yüzümün resimlerini çekmesini ve bunları beni bu masada tanımak için kullanmasını kabul ediyorum. Yüzümden kesilmiş yaklaşık 20 resim ve onlardan hesaplananlar yalnızca bu makinede, şifreli olarak {date} tarihine kadar saklanır; sonra kendiliğinden silinir. Resmin ya da videonun bütünü saklanmaz, hiçbir yere bir şey gönderilmez. Hakkımda saklanan her şeyi gerekçe göstermeden istediğim an görebilir, yanımda götürebilir ya da sildirebilirim. Kabul etmeyen, yüzünü kullanmadan giriş yapabilir.</translation>
    </message>
    <message>
        <source>Everybody on this list, or whoever may decide for them, has agreed that Facedesk uses the pictures named in it to recognise them at this event. The cut-out pictures of their faces and what is computed from them stay on this machine alone, are encrypted, and are deleted when the program closes, at the latest. Everybody can have them deleted at any time before.</source>
        <translation>Bu listedeki herkes ya da onlar adına karar verebilecek kişiler, Facedesk’in listede adı geçen resimleri onları bu etkinlikte tanımak için kullanmasını kabul etti. Yüzlerinden kesilmiş resimler ve onlardan hesaplananlar yalnızca bu makinede, şifreli olarak kalır ve en geç program kapanınca silinir. Herkes bunları daha önce de istediği an sildirebilir.</translation>
    </message>
    <message>
        <source>Everybody on this list, or whoever may decide for them, has agreed that Facedesk uses the pictures named in it to recognise them at this desk. The cut-out pictures of their faces and what is computed from them are kept on this machine alone, encrypted, until {date}; then they are deleted by themselves. No whole pictures are kept, and nothing is sent anywhere. Everybody can see, take along or have deleted everything kept of them at any time, without giving a reason. Whoever does not agree is not on the list, and can check in without their face.</source>
        <translation>Bu listedeki herkes ya da onlar adına karar verebilecek kişiler, Facedesk’in listede adı geçen resimleri onları bu masada tanımak için kullanmasını kabul etti. Yüzlerinden kesilmiş resimler ve onlardan hesaplananlar yalnızca bu makinede, şifreli olarak {date} tarihine kadar saklanır; sonra kendiliğinden silinir. Resimlerin bütünü saklanmaz, hiçbir yere bir şey gönderilmez. Herkes hakkında saklanan her şeyi gerekçe göstermeden istediği an görebilir, yanında götürebilir ya da sildirebilir. Kabul etmeyen listede yer almaz ve yüzünü kullanmadan giriş yapabilir.</translation>
    </message>
</context>
<context>
    <name>ConsentStep</name>
    <message>
        <source>Do you agree?</source>
        <translation>Kabul ediyor musunuz?</translation>
    </message>
    <message>
        <source>Yes, I agree</source>
        <translation>Evet, kabul ediyorum</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Hayır</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 gün</translation>
    </message>
    <message>
        <source>half a year</source>
        <translation>yarım yıl</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 yıl</translation>
    </message>
    <message>
        <source>2 years</source>
        <translation>2 yıl</translation>
    </message>
    <message>
        <source>Keep the pictures for</source>
        <translation>Resimleri saklama süresi</translation>
    </message>
    <message>
        <source>Deleted by itself after {date}.</source>
        <translation>{date} tarihinden sonra kendiliğinden silinir.</translation>
    </message>
</context>
<context>
    <name>Corrections</name>
    <message>
        <source>Noted: not {name}.</source>
        <translation>Not edildi: {name} değil.</translation>
    </message>
    <message>
        <source>Noted: this is {name}.</source>
        <translation>Not edildi: bu {name}.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Geri al</translation>
    </message>
    <message>
        <source>Keep it all the same</source>
        <translation>Yine de sakla</translation>
    </message>
</context>
<context>
    <name>CropTile</name>
    <message>
        <source>Picture {number}</source>
        <translation>Resim {number}</translation>
    </message>
</context>
<context>
    <name>DoneStep</name>
    <message>
        <source>Enrolled</source>
        <translation>Kaydedildi</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Bitti</translation>
    </message>
    <message>
        <source>Enrol somebody else</source>
        <translation>Başka birini kaydet</translation>
    </message>
    <message>
        <source>{name} is enrolled.</source>
        <translation>{name} kaydedildi.</translation>
    </message>
    <message>
        <source>Look into the camera to try it. Everything kept of you is on the page People.</source>
        <translation>Denemek için kameraya bakın. Hakkınızda saklanan her şey Kişiler sayfasında.</translation>
    </message>
    <message>
        <source>Look into the camera to try it. You will be forgotten when the program closes.</source>
        <translation>Denemek için kameraya bakın. Program kapanınca unutulacaksınız.</translation>
    </message>
    <message>
        <source>People known now: {people}, with {pictures} pictures.</source>
        <translation>Şu an tanınan kişi: {people}, resim: {pictures}.</translation>
    </message>
</context>
<context>
    <name>Enrolment</name>
    <message>
        <source>Those enrolled before are rightly named in {before} → {after} of cases.</source>
        <translation>Daha önce kayıtlı olanların doğru adlandırılma oranı: {before} → {after}.</translation>
    </message>
</context>
<context>
    <name>EnrolmentWizard</name>
    <message>
        <source>The training stopped.</source>
        <translation>Eğitim durdu.</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>This network did not load.</source>
        <translation>Bu ağ yüklenemedi.</translation>
    </message>
    <message>
        <source>The log says more.</source>
        <translation>Ayrıntılar günlükte.</translation>
    </message>
    <message>
        <source>{0} has no precision {1}.</source>
        <translation>{0} ağının {1} duyarlığı yok.</translation>
    </message>
    <message>
        <source>Choose one of: {0}.</source>
        <translation>Şunlardan birini seçin: {0}.</translation>
    </message>
    <message>
        <source>There is no network named {0}.</source>
        <translation>{0} adında bir ağ yok.</translation>
    </message>
    <message>
        <source>The card {0}/{1} cannot be read: {2}.</source>
        <translation>{0}/{1} kartı okunamıyor: {2}.</translation>
    </message>
    <message>
        <source>Mend the card or reinstall Facedesk.</source>
        <translation>Kartı düzeltin ya da Facedesk’i yeniden kurun.</translation>
    </message>
    <message>
        <source>The card {0}/{1} lacks {2}.</source>
        <translation>{0}/{1} kartında {2} eksik.</translation>
    </message>
    <message>
        <source>The card {0}/{1} is not of the right form: {2}.</source>
        <translation>{0}/{1} kartının biçimi doğru değil: {2}.</translation>
    </message>
    <message>
        <source>The list {0} cannot be read: {1}.</source>
        <translation>{0} listesi okunamıyor: {1}.</translation>
    </message>
    <message>
        <source>Save it as CSV in UTF-8.</source>
        <translation>UTF-8 ile CSV olarak kaydedin.</translation>
    </message>
    <message>
        <source>The list {0} is not in UTF-8.</source>
        <translation>{0} listesi UTF-8 değil.</translation>
    </message>
    <message>
        <source>Save it as CSV UTF-8.</source>
        <translation>Onu CSV UTF-8 olarak kaydedin.</translation>
    </message>
    <message>
        <source>The list {0} has no columns name and files.</source>
        <translation>{0} listesinde name ve files sütunları yok.</translation>
    </message>
    <message>
        <source>Give it a first line: name,files</source>
        <translation>İlk satırı şöyle olsun: name,files</translation>
    </message>
    <message>
        <source>The list {0} names nobody.</source>
        <translation>{0} listesinde kimsenin adı yok.</translation>
    </message>
    <message>
        <source>Give each row a name and its files.</source>
        <translation>Her satıra bir ad ve dosyalarını yazın.</translation>
    </message>
    <message>
        <source>Row {0} of the list {1} has more cells than there are columns.</source>
        <translation>{1} listesinin {0}. satırında sütun sayısından fazla hücre var.</translation>
    </message>
    <message>
        <source>Put several files of one person between quotation marks: &quot;a.jpg;b.jpg&quot;.</source>
        <translation>Bir kişinin birden çok dosyasını tırnak içine yazın: &quot;a.jpg;b.jpg&quot;.</translation>
    </message>
    <message>
        <source>Row {0} of the list {1} has no name.</source>
        <translation>{1} listesinin {0}. satırında ad yok.</translation>
    </message>
    <message>
        <source>There is no folder {0}.</source>
        <translation>{0} klasörü yok.</translation>
    </message>
    <message>
        <source>There is no video {0}.</source>
        <translation>{0} videosu yok.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Başka birini seçin.</translation>
    </message>
    <message>
        <source>No picture of {0} could be used.</source>
        <translation>{0} için hiçbir resim kullanılamadı.</translation>
    </message>
    <message>
        <source>Take others: one face, near and sharp.</source>
        <translation>Başka resimler kullanın: tek yüz, yakın ve net.</translation>
    </message>
    <message>
        <source>None of these pictures seems to show {0}.</source>
        <translation>Bu resimlerin hiçbiri {0} adlı kişiyi gösteriyor gibi görünmüyor.</translation>
    </message>
    <message>
        <source>Check the name and the pictures; whoever looks different now gets more pictures in the window.</source>
        <translation>Adı ve resimleri denetleyin; görünüşü değişmiş olana pencereden yeni resim eklenir.</translation>
    </message>
    <message>
        <source>{0} looks like {1}, who is enrolled already ({2}).</source>
        <translation>{0}, zaten kayıtlı olan {1} kişisine benziyor ({2}).</translation>
    </message>
    <message>
        <source>Same person: enrol {0} with --add. Somebody else: say --different.</source>
        <translation>Aynı kişiyse {0} kişisini --add ile kaydedin. Başkasıysa --different yazın.</translation>
    </message>
    <message>
        <source>The system keyring does not answer.</source>
        <translation>Sistemin anahtarlığı yanıt vermiyor.</translation>
    </message>
    <message>
        <source>Unlock it or log in again, then try again; nothing was changed.</source>
        <translation>Kilidini açın ya da oturumu yeniden açın, sonra yeniden deneyin; hiçbir şey değişmedi.</translation>
    </message>
    <message>
        <source>The network&apos;s file {0} is empty.</source>
        <translation>{0} ağ dosyası boş.</translation>
    </message>
    <message>
        <source>Reinstall Facedesk, or choose another network.</source>
        <translation>Facedesk’i yeniden kurun ya da başka bir ağ seçin.</translation>
    </message>
    <message>
        <source>The network&apos;s file {0} is damaged: its checksum is not that of its card.</source>
        <translation>{0} ağ dosyası bozuk: sağlama toplamı kartındakiyle uyuşmuyor.</translation>
    </message>
    <message>
        <source>The network {0} has {1} signatures instead of one.</source>
        <translation>{0} ağında bir yerine {1} imza var.</translation>
    </message>
    <message>
        <source>The network {0} has {1} inputs instead of one.</source>
        <translation>{0} ağında bir yerine {1} giriş var.</translation>
    </message>
    <message>
        <source>The network {0} takes {1} instead of float32 or uint8.</source>
        <translation>{0} ağı float32 ya da uint8 yerine {1} alıyor.</translation>
    </message>
    <message>
        <source>The network&apos;s file {0} is missing.</source>
        <translation>{0} ağ dosyası eksik.</translation>
    </message>
    <message>
        <source>The network&apos;s file {0} cannot be read: {1}.</source>
        <translation>{0} ağ dosyası okunamıyor: {1}.</translation>
    </message>
    <message>
        <source>The network&apos;s file {0} is damaged or cut: {1}.</source>
        <translation>{0} ağ dosyası bozuk ya da yarım: {1}.</translation>
    </message>
    <message>
        <source>The network {0} failed: {1}.</source>
        <translation>{0} ağı çalışırken hata verdi: {1}.</translation>
    </message>
    <message>
        <source>The network {0} cannot take an input of {1}: {2}.</source>
        <translation>{0} ağı {1} girişini alamıyor: {2}.</translation>
    </message>
    <message>
        <source>The card of the detector cannot be read: {0}.</source>
        <translation>Algılayıcının kartı okunamıyor: {0}.</translation>
    </message>
    <message>
        <source>{0} does not fit its card: expected output {1} of (1, {2}), got {3}.</source>
        <translation>{0} kartına uymuyor: {1} çıkışı (1, {2}) olmalıydı, {3} geldi.</translation>
    </message>
    <message>
        <source>Reinstall this network or choose another one.</source>
        <translation>Bu ağı yeniden kurun ya da başka birini seçin.</translation>
    </message>
    <message>
        <source>The ID holds characters that cannot be seen.</source>
        <translation>Kimlikte görünmeyen karakterler var.</translation>
    </message>
    <message>
        <source>The ID has {0} characters; {1} is the most.</source>
        <translation>Kimlik {0} karakter; en fazla {1} olabilir.</translation>
    </message>
    <message>
        <source>Shorten it.</source>
        <translation>Kısaltın.</translation>
    </message>
    <message>
        <source>Nobody named {0} with the ID {1} is enrolled.</source>
        <translation>{1} kimlik numaralı, {0} adında kayıtlı kimse yok.</translation>
    </message>
    <message>
        <source>Did you mean {0}?</source>
        <translation>Şunu mu demek istediniz: {0}?</translation>
    </message>
    <message>
        <source>This person was deleted meanwhile.</source>
        <translation>Bu kişi bu arada silindi.</translation>
    </message>
    <message>
        <source>Enrol the person again.</source>
        <translation>Kişiyi yeniden kaydedin.</translation>
    </message>
    <message>
        <source>The consent was removed meanwhile.</source>
        <translation>Onay bu arada kaldırıldı.</translation>
    </message>
    <message>
        <source>Begin the enrolment again.</source>
        <translation>Kayda yeniden başlayın.</translation>
    </message>
    <message>
        <source>Nothing was changed: the people enrolled before would be named rightly in {0} of cases instead of {1}.</source>
        <translation>Hiçbir şey değiştirilmedi: daha önce kayıtlı kişilerin doğru adlandırılma oranı {1} yerine {0} olurdu.</translation>
    </message>
    <message>
        <source>The settings file has something unknown: {0}.</source>
        <translation>Ayar dosyasında bilinmeyen bir şey var: {0}.</translation>
    </message>
    <message>
        <source>Mend or delete {0}, then start again.</source>
        <translation>{0} dosyasını düzeltip ya da silip yeniden başlatın.</translation>
    </message>
    <message>
        <source>The setting {0} is {1}.</source>
        <translation>{0} ayarının değeri {1}.</translation>
    </message>
    <message>
        <source>It must be of type {0}.</source>
        <translation>Türü {0} olmalı.</translation>
    </message>
    <message>
        <source>The settings cannot be read: {0}.</source>
        <translation>Ayarlar okunamıyor: {0}.</translation>
    </message>
    <message>
        <source>The settings file is damaged.</source>
        <translation>Ayar dosyası bozuk.</translation>
    </message>
    <message>
        <source>The settings cannot be saved: {0}.</source>
        <translation>Ayarlar kaydedilemiyor: {0}.</translation>
    </message>
    <message>
        <source>Free some space or choose another data folder.</source>
        <translation>Yer açın ya da başka bir veri klasörü seçin.</translation>
    </message>
    <message>
        <source>Choose {0} to {1}.</source>
        <translation>{0} ile {1} arasında seçin.</translation>
    </message>
    <message>
        <source>{0} cannot be played again.</source>
        <translation>{0} yeniden oynatılamıyor.</translation>
    </message>
    <message>
        <source>Open it anew.</source>
        <translation>Yeniden açın.</translation>
    </message>
    <message>
        <source>{0} does not answer.</source>
        <translation>{0} yanıt vermiyor.</translation>
    </message>
    <message>
        <source>{0} is still in use or does not answer.</source>
        <translation>{0} hâlâ kullanımda ya da yanıt vermiyor.</translation>
    </message>
    <message>
        <source>There is no file or folder {0}.</source>
        <translation>{0} diye bir dosya ya da klasör yok.</translation>
    </message>
    <message>
        <source>Write camera:0, picamera, demo, an rtsp:// or http:// address, or the path of a video, picture or folder.</source>
        <translation>camera:0, picamera, demo, bir rtsp:// ya da http:// adresi ya da bir videonun, resmin veya klasörün yolunu yazın.</translation>
    </message>
    <message>
        <source>“{0}” is not a source.</source>
        <translation>“{0}” bir kaynak değil.</translation>
    </message>
    <message>
        <source>“{0}://…” is not an address of a stream.</source>
        <translation>“{0}://…” bir yayın adresi değil.</translation>
    </message>
    <message>
        <source>The Raspberry Pi camera needs picamera2, which is not installed.</source>
        <translation>Raspberry Pi kamerası için picamera2 gerekir; kurulu değil.</translation>
    </message>
    <message>
        <source>Run `sudo apt install python3-picamera2`, and make the virtual environment with --system-site-packages.</source>
        <translation>`sudo apt install python3-picamera2` çalıştırın ve sanal ortamı --system-site-packages ile kurun.</translation>
    </message>
    <message>
        <source>No Raspberry Pi camera is connected.</source>
        <translation>Bağlı bir Raspberry Pi kamerası yok.</translation>
    </message>
    <message>
        <source>Check its ribbon cable, then try again.</source>
        <translation>Şerit kablosunu denetleyip yeniden deneyin.</translation>
    </message>
    <message>
        <source>The folder {0} has no pictures.</source>
        <translation>{0} klasöründe resim yok.</translation>
    </message>
    <message>
        <source>Put JPEG or PNG files into it.</source>
        <translation>İçine JPEG ya da PNG dosyaları koyun.</translation>
    </message>
    <message>
        <source>None of the {0} pictures in {1} can be read.</source>
        <translation>{1} içindeki {0} resmin hiçbiri okunamıyor.</translation>
    </message>
    <message>
        <source>The folder {0} cannot be read: {1}.</source>
        <translation>{0} klasörü okunamıyor: {1}.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>İzinlerini denetleyin.</translation>
    </message>
    <message>
        <source>{0} is a HEIC picture, which cannot be read here.</source>
        <translation>{0} bir HEIC resmi; burada okunamaz.</translation>
    </message>
    <message>
        <source>Save it as JPEG, then try again (iPhone: Settings, Camera, Formats, Most Compatible).</source>
        <translation>JPEG olarak kaydedip yeniden deneyin (iPhone: Ayarlar, Kamera, Biçimler, En Uyumlu).</translation>
    </message>
    <message>
        <source>The picture {0} is damaged or of an unknown kind.</source>
        <translation>{0} resmi bozuk ya da bilinmeyen türde.</translation>
    </message>
    <message>
        <source>Save it as JPEG or PNG, then try again.</source>
        <translation>JPEG ya da PNG olarak kaydedip yeniden deneyin.</translation>
    </message>
    <message>
        <source>The picture {0} cannot be read: {1}.</source>
        <translation>{0} resmi okunamıyor: {1}.</translation>
    </message>
    <message>
        <source>Check the file and its permissions.</source>
        <translation>Dosyayı ve izinlerini denetleyin.</translation>
    </message>
    <message>
        <source>{0} does not send a video.</source>
        <translation>{0} video göndermiyor.</translation>
    </message>
    <message>
        <source>Check the address and that the camera is on the network, then try again.</source>
        <translation>Adresi ve kameranın ağda olduğunu denetleyip yeniden deneyin.</translation>
    </message>
    <message>
        <source>{0} cannot be reached.</source>
        <translation>{0} adresine ulaşılamıyor.</translation>
    </message>
    <message>
        <source>There is no camera {0}.{1}</source>
        <translation>Kamera {0} yok.{1}</translation>
    </message>
    <message>
        <source>Plug a camera in, or choose another source.</source>
        <translation>Bir kamera takın ya da başka bir kaynak seçin.</translation>
    </message>
    <message>
        <source>Camera {0} may not be used by you.</source>
        <translation>Kamera {0} için izniniz yok.</translation>
    </message>
    <message>
        <source>Run `sudo usermod -aG video $USER`, then log out and in again.</source>
        <translation>`sudo usermod -aG video $USER` çalıştırın, oturumu kapatıp yeniden açın.</translation>
    </message>
    <message>
        <source>Camera {0} cannot be opened.</source>
        <translation>Kamera {0} açılamıyor.</translation>
    </message>
    <message>
        <source>Close other programs that use it, or plug it in again.</source>
        <translation>Onu kullanan başka programları kapatın ya da kamerayı yeniden takın.</translation>
    </message>
    <message>
        <source>The file {0} cannot be read as a video.</source>
        <translation>{0} dosyası video olarak okunamıyor.</translation>
    </message>
    <message>
        <source>It may be damaged or of an unknown kind; try another file (MP4, MKV, GIF …).</source>
        <translation>Bozuk ya da bilinmeyen türde olabilir; başka bir dosya deneyin (MP4, MKV, GIF …).</translation>
    </message>
    <message>
        <source>The file {0} is a text.</source>
        <translation>{0} dosyası bir metin.</translation>
    </message>
    <message>
        <source>Choose a video, a picture or a folder of pictures.</source>
        <translation>Bir video, bir resim ya da resim klasörü seçin.</translation>
    </message>
    <message>
        <source>The video {0} breaks off after {1} frames ({2} s).</source>
        <translation>{0} videosu {1} kareden sonra kesiliyor ({2} sn).</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete; copy it again.</source>
        <translation>Dosya bozuk ya da eksik; yeniden kopyalayın.</translation>
    </message>
    <message>
        <source>The file {0} cannot be read: {1}.</source>
        <translation>{0} dosyası okunamıyor: {1}.</translation>
    </message>
    <message>
        <source>The file {0} is empty.</source>
        <translation>{0} dosyası boş.</translation>
    </message>
    <message>
        <source>Copy or record it again.</source>
        <translation>Yeniden kopyalayın ya da kaydedin.</translation>
    </message>
    <message>
        <source>The data folder cannot be made: {0}.</source>
        <translation>Veri klasörü oluşturulamıyor: {0}.</translation>
    </message>
    <message>
        <source>Choose another one with --data-dir.</source>
        <translation>--data-dir ile başka birini seçin.</translation>
    </message>
    <message>
        <source>The source stopped because of a fault in the program.</source>
        <translation>Kaynak, programdaki bir hata yüzünden durdu.</translation>
    </message>
    <message>
        <source>Tap Retry.</source>
        <translation>“Yeniden dene”ye dokunun.</translation>
    </message>
    <message>
        <source>The camera does not answer.</source>
        <translation>Kamera yanıt vermiyor.</translation>
    </message>
    <message>
        <source>Check its cable; the picture comes back by itself.</source>
        <translation>Kablosunu denetleyin; görüntü kendiliğinden geri gelir.</translation>
    </message>
    <message>
        <source>This PIN does not fit.</source>
        <translation>Bu PIN uygun değil.</translation>
    </message>
    <message>
        <source>Choose 4 to 8 digits.</source>
        <translation>4 ile 8 rakam arası seçin.</translation>
    </message>
    <message>
        <source>The database is in use by another program.</source>
        <translation>Veritabanını başka bir program kullanıyor.</translation>
    </message>
    <message>
        <source>Close it, then try again.</source>
        <translation>Onu kapatıp yeniden deneyin.</translation>
    </message>
    <message>
        <source>The disk is full; nothing was changed.</source>
        <translation>Disk dolu; hiçbir şey değiştirilmedi.</translation>
    </message>
    <message>
        <source>The database cannot be written.</source>
        <translation>Veritabanına yazılamıyor.</translation>
    </message>
    <message>
        <source>Give yourself the right to write the data folder.</source>
        <translation>Veri klasörüne yazma izni verin.</translation>
    </message>
    <message>
        <source>The database cannot be opened.</source>
        <translation>Veritabanı açılamıyor.</translation>
    </message>
    <message>
        <source>Give yourself the right to use the data folder.</source>
        <translation>Veri klasörünü kullanma izni verin.</translation>
    </message>
    <message>
        <source>The disk does not answer.</source>
        <translation>Disk yanıt vermiyor.</translation>
    </message>
    <message>
        <source>Check the disk or the memory card, then try again.</source>
        <translation>Diski veya hafıza kartını denetleyip yeniden deneyin.</translation>
    </message>
    <message>
        <source>The database is damaged.</source>
        <translation>Veritabanı hasarlı.</translation>
    </message>
    <message>
        <source>Restore a backup: facedesk people restore.</source>
        <translation>Bir yedeği geri yükleyin: facedesk people restore.</translation>
    </message>
    <message>
        <source>{0} is a folder.</source>
        <translation>{0} bir klasör.</translation>
    </message>
    <message>
        <source>Name a file in it.</source>
        <translation>İçinde bir dosya adı belirtin.</translation>
    </message>
    <message>
        <source>{0} belongs to Facedesk itself.</source>
        <translation>{0} Facedesk&apos;in kendisine ait.</translation>
    </message>
    <message>
        <source>The backup is damaged or cut off.</source>
        <translation>Yedek bozuk ya da yarım.</translation>
    </message>
    <message>
        <source>Use another backup; nothing was changed.</source>
        <translation>Başka bir yedek kullanın; hiçbir şey değiştirilmedi.</translation>
    </message>
    <message>
        <source>The passphrase is shorter than {0} characters.</source>
        <translation>Parola {0} karakterden kısa.</translation>
    </message>
    <message>
        <source>Choose a longer one.</source>
        <translation>Daha uzun bir tane seçin.</translation>
    </message>
    <message>
        <source>The backup cannot be written: {0}.</source>
        <translation>Yedek yazılamıyor: {0}.</translation>
    </message>
    <message>
        <source>Choose another place for it.</source>
        <translation>Onun için başka bir yer seçin.</translation>
    </message>
    <message>
        <source>The backup cannot be read: {0}.</source>
        <translation>Yedek okunamıyor: {0}.</translation>
    </message>
    <message>
        <source>Check the file or the disk.</source>
        <translation>Dosyayı ya da diski denetleyin.</translation>
    </message>
    <message>
        <source>The passphrase is wrong, or the backup is damaged.</source>
        <translation>Parola yanlış ya da yedek bozuk.</translation>
    </message>
    <message>
        <source>Try again; nothing was changed.</source>
        <translation>Yeniden deneyin; hiçbir şey değiştirilmedi.</translation>
    </message>
    <message>
        <source>{0} is no backup of Facedesk.</source>
        <translation>{0} bir Facedesk yedeği değil.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Başka bir dosya seçin.</translation>
    </message>
    <message>
        <source>The network&apos;s strangers do not fit: expected at least {0} by {1}, got {2}.</source>
        <translation>Ağın yabancılar dosyası uymuyor: en az {0} × {1} olmalıydı, {2} geldi.</translation>
    </message>
    <message>
        <source>Install the network again: its folder must hold a whole cohort.npz.</source>
        <translation>Ağı yeniden kurun: klasöründe eksiksiz bir cohort.npz bulunmalı.</translation>
    </message>
    <message>
        <source>The network&apos;s strangers are damaged.</source>
        <translation>Ağın yabancılar dosyası bozuk.</translation>
    </message>
    <message>
        <source>A piece of the stored data ({0}) cannot be decrypted.</source>
        <translation>Saklanan verinin bir parçasının ({0}) şifresi çözülemiyor.</translation>
    </message>
    <message>
        <source>The key does not belong to this data, or the data is damaged: restore a backup.</source>
        <translation>Anahtar bu veriye ait değil ya da veri bozuk: bir yedeği geri yükleyin.</translation>
    </message>
    <message>
        <source>There is no consent yet.</source>
        <translation>Henüz onam yok.</translation>
    </message>
    <message>
        <source>Record the consent before taking pictures.</source>
        <translation>Resim çekmeden önce onamı kaydedin.</translation>
    </message>
    <message>
        <source>There is no picture to enrol this person with.</source>
        <translation>Bu kişiyi kaydedecek resim yok.</translation>
    </message>
    <message>
        <source>Take or choose another one.</source>
        <translation>Başka bir tane çekin ya da seçin.</translation>
    </message>
    <message>
        <source>The strangers of {0} (cohort.npz) cannot be read.</source>
        <translation>{0} ağının yabancılar dosyası (cohort.npz) okunamıyor.</translation>
    </message>
    <message>
        <source>Install the network again.</source>
        <translation>Ağı yeniden kurun.</translation>
    </message>
    <message>
        <source>The network {0} has no strangers to compare with (cohort.npz).</source>
        <translation>{0} ağının karşılaştırma için yabancılar dosyası (cohort.npz) yok.</translation>
    </message>
    <message>
        <source>The person head is damaged.</source>
        <translation>Kişi sınıflandırıcısı bozuk.</translation>
    </message>
    <message>
        <source>Make it anew: facedesk retrain.</source>
        <translation>Yeniden oluşturun: facedesk retrain.</translation>
    </message>
    <message>
        <source>The person head was made by another Facedesk.</source>
        <translation>Kişi sınıflandırıcısı başka bir Facedesk ile yapılmış.</translation>
    </message>
    <message>
        <source>There is no earlier version to go back to.</source>
        <translation>Geri dönülecek daha eski bir sürüm yok.</translation>
    </message>
    <message>
        <source>Train a new one: facedesk retrain.</source>
        <translation>Yenisini eğitin: facedesk retrain.</translation>
    </message>
    <message>
        <source>That version is not kept any more.</source>
        <translation>O sürüm artık saklanmıyor.</translation>
    </message>
    <message>
        <source>The key in {0} is damaged.</source>
        <translation>{0} içindeki anahtar bozuk.</translation>
    </message>
    <message>
        <source>Put the right key back, or restore a backup.</source>
        <translation>Doğru anahtarı yerine koyun ya da bir yedeği geri yükleyin.</translation>
    </message>
    <message>
        <source>The key {0} cannot be read.</source>
        <translation>{0} anahtarı okunamıyor.</translation>
    </message>
    <message>
        <source>Put the right file back, readable by you.</source>
        <translation>Doğru dosyayı, sizin okuyabileceğiniz biçimde yerine koyun.</translation>
    </message>
    <message>
        <source>The name holds characters that cannot be seen.</source>
        <translation>Adda görünmeyen karakterler var.</translation>
    </message>
    <message>
        <source>Type it anew.</source>
        <translation>Yeniden yazın.</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>Ad boş.</translation>
    </message>
    <message>
        <source>Type a name.</source>
        <translation>Bir ad yazın.</translation>
    </message>
    <message>
        <source>The name has {0} characters; {1} is the most.</source>
        <translation>Ad {0} karakter; en çok {1} olabilir.</translation>
    </message>
    <message>
        <source>Shorten it, or use initials.</source>
        <translation>Kısaltın ya da baş harfleri kullanın.</translation>
    </message>
    <message>
        <source>There is no consent.</source>
        <translation>Onam yok.</translation>
    </message>
    <message>
        <source>Say what the person agreed to, and where it is recorded.</source>
        <translation>Kişinin neyi kabul ettiğini ve bunun nerede kayıtlı olduğunu yazın.</translation>
    </message>
    <message>
        <source>The retention date is in the past.</source>
        <translation>Saklama tarihi geçmişte.</translation>
    </message>
    <message>
        <source>Choose a later one.</source>
        <translation>Daha ileri bir tarih seçin.</translation>
    </message>
    <message>
        <source>Nobody named {0} is enrolled.</source>
        <translation>{0} adında kayıtlı kimse yok.</translation>
    </message>
    <message>
        <source>See who is: facedesk people.</source>
        <translation>Kayıtlılara bakın: facedesk people.</translation>
    </message>
    <message>
        <source>{0} people are named {1}.</source>
        <translation>{1} adında {0} kişi var.</translation>
    </message>
    <message>
        <source>Give the number instead: {0}.</source>
        <translation>Bunun yerine numarayı verin: {0}.</translation>
    </message>
    <message>
        <source>Somebody named {0} is enrolled already.</source>
        <translation>{0} adında biri zaten kayıtlı.</translation>
    </message>
    <message>
        <source>Add pictures to that person (--add), or choose another name or an ID of their own (--id).</source>
        <translation>O kişiye resim ekleyin (--add) ya da başka bir ad veya kendine özgü bir kimlik (--id) seçin.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Başka bir klasör seçin.</translation>
    </message>
    <message>
        <source>Check that this person is not enrolled already, and that the pictures show the right person.</source>
        <translation>Bu kişinin zaten kayıtlı olmadığını ve resimlerin doğru kişiyi gösterdiğini denetleyin.</translation>
    </message>
    <message>
        <source>A stored crop is damaged.</source>
        <translation>Saklanan bir yüz resmi bozuk.</translation>
    </message>
    <message>
        <source>Restore a backup, or enrol that person again.</source>
        <translation>Bir yedeği geri yükleyin ya da o kişiyi yeniden kaydedin.</translation>
    </message>
    <message>
        <source>The key of the stored data is missing.</source>
        <translation>Saklanan verinin anahtarı eksik.</translation>
    </message>
    <message>
        <source>Put the right key back (the file secret.key, or this user&apos;s keyring), or restore a backup elsewhere.</source>
        <translation>Doğru anahtarı (secret.key dosyası ya da bu kullanıcının anahtarlığı) yerine koyun ya da yedeği başka yere geri yükleyin.</translation>
    </message>
    <message>
        <source>The database was made by a newer Facedesk.</source>
        <translation>Veritabanı daha yeni bir Facedesk ile yapılmış.</translation>
    </message>
    <message>
        <source>Install that version or a newer one.</source>
        <translation>O sürümü ya da daha yenisini kurun.</translation>
    </message>
    <message>
        <source>The key does not belong to the stored data.</source>
        <translation>Anahtar saklanan veriye ait değil.</translation>
    </message>
    <message>
        <source>The data folder {0} cannot be used: {1}.</source>
        <translation>{0} veri klasörü kullanılamıyor: {1}.</translation>
    </message>
    <message>
        <source>Choose another with --data-dir.</source>
        <translation>--data-dir ile başka birini seçin.</translation>
    </message>
    <message>
        <source>The key cannot be kept: {0}.</source>
        <translation>Anahtar saklanamıyor: {0}.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Yer açıp yeniden deneyin.</translation>
    </message>
</context>
<context>
    <name>FaceSheet</name>
    <message>
        <source>Not known. Who is it?</source>
        <translation>Tanınmıyor. Kim bu?</translation>
    </message>
    <message>
        <source>{name}, {share}. Is that right?</source>
        <translation>{name}, {share}. Doğru mu?</translation>
    </message>
    <message>
        <source>Not {name}</source>
        <translation>{name} değil</translation>
    </message>
    <message>
        <source>It is {name}</source>
        <translation>Bu {name}</translation>
    </message>
    <message>
        <source>Somebody else …</source>
        <translation>Başka biri …</translation>
    </message>
    <message>
        <source>Enrol this person</source>
        <translation>Bu kişiyi kaydet</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
    <message>
        <source>Search by name …</source>
        <translation>Ada göre ara …</translation>
    </message>
</context>
<context>
    <name>Facedesk</name>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Dil, bir sonraki açılışta değişir.</translation>
    </message>
    <message>
        <source>No camera was found: showing the demo clip.</source>
        <translation>Kamera bulunamadı: tanıtım klibi gösteriliyor.</translation>
    </message>
    <message>
        <source>Still no camera was found.</source>
        <translation>Hâlâ kamera bulunamadı.</translation>
    </message>
    <message>
        <source>Look for a camera</source>
        <translation>Kamera ara</translation>
    </message>
    <message>
        <source>{network} is used instead.</source>
        <translation>Bunun yerine {network} kullanılıyor.</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>What is Facedesk for here?</source>
        <translation>Facedesk burada ne için kullanılacak?</translation>
    </message>
    <message>
        <source>Faces are looked at on this machine alone; nothing is sent anywhere. You can change this later.</source>
        <translation>Yüzlere yalnızca bu makinede bakılır; hiçbir yere veri gönderilmez. Bunu sonra değiştirebilirsiniz.</translation>
    </message>
    <message>
        <source>Attendance desk</source>
        <translation>Yoklama masası</translation>
    </message>
    <message>
        <source>People walk up and are greeted by name.</source>
        <translation>Gelenler adlarıyla karşılanır.</translation>
    </message>
    <message>
        <source>Keeps enrolled people, with their consent.</source>
        <translation>Kayıtlı kişileri, onamlarıyla birlikte, saklar.</translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation>Denemek</translation>
    </message>
    <message>
        <source>See what it can do with your own camera or clips.</source>
        <translation>Kendi kameranız ve kliplerinizle neler yapabildiğini görün.</translation>
    </message>
    <message>
        <source>Keeps what you enrol, on this machine only.</source>
        <translation>Kaydettiklerinizi yalnızca bu makinede saklar.</translation>
    </message>
    <message>
        <source>Event demo</source>
        <translation>Etkinlik gösterisi</translation>
    </message>
    <message>
        <source>Boxes and names on a big screen, taught on the spot.</source>
        <translation>Büyük ekranda çerçeveler ve adlar; kişiler anında öğretilir.</translation>
    </message>
    <message>
        <source>Keeps nothing: everyone is forgotten when it closes.</source>
        <translation>Hiçbir şey saklamaz: kapanınca herkes unutulur.</translation>
    </message>
</context>
<context>
    <name>Guidance</name>
    <message>
        <source>I see no face. Please stand in front of the camera.</source>
        <translation>Yüz göremiyorum. Lütfen kameranın önünde durun.</translation>
    </message>
    <message>
        <source>I see more than one face. One person at a time, please.</source>
        <translation>Birden çok yüz görüyorum. Lütfen tek tek gelin.</translation>
    </message>
    <message>
        <source>Please come closer.</source>
        <translation>Lütfen yaklaşın.</translation>
    </message>
    <message>
        <source>Your face is cut off at the edge. Please move to the middle.</source>
        <translation>Yüzünüz kenarda kesiliyor. Lütfen ortaya gelin.</translation>
    </message>
    <message>
        <source>It is too dark. Please turn on a light.</source>
        <translation>Çok karanlık. Lütfen bir ışık açın.</translation>
    </message>
    <message>
        <source>The light is behind you. Please turn so that it falls on your face.</source>
        <translation>Işık arkanızda. Lütfen ışık yüzünüze gelecek şekilde dönün.</translation>
    </message>
    <message>
        <source>The picture is blurred. Please hold still.</source>
        <translation>Görüntü bulanık. Lütfen kıpırdamadan durun.</translation>
    </message>
    <message>
        <source>I cannot see your eyes. Please take off sunglasses.</source>
        <translation>Gözlerinizi göremiyorum. Lütfen güneş gözlüğünü çıkarın.</translation>
    </message>
    <message>
        <source>You are looking too far away. Please turn back a little.</source>
        <translation>Yüzünüz çok yana dönük. Lütfen biraz geri dönün.</translation>
    </message>
    <message>
        <source>Please move your head a little.</source>
        <translation>Lütfen başınızı biraz oynatın.</translation>
    </message>
    <message>
        <source>Please look straight into the camera.</source>
        <translation>Lütfen doğrudan kameraya bakın.</translation>
    </message>
    <message>
        <source>Please turn your head a little to your left.</source>
        <translation>Lütfen başınızı biraz solunuza çevirin.</translation>
    </message>
    <message>
        <source>Please turn your head a little to your right.</source>
        <translation>Lütfen başınızı biraz sağınıza çevirin.</translation>
    </message>
    <message>
        <source>Please raise your chin a little.</source>
        <translation>Lütfen çenenizi biraz kaldırın.</translation>
    </message>
    <message>
        <source>Please lower your chin a little.</source>
        <translation>Lütfen çenenizi biraz indirin.</translation>
    </message>
    <message>
        <source>Thank you, that is enough.</source>
        <translation>Teşekkürler, bu kadarı yeter.</translation>
    </message>
    <message>
        <source>shows no face</source>
        <translation>yüz yok</translation>
    </message>
    <message>
        <source>shows more than one face</source>
        <translation>birden çok yüz var</translation>
    </message>
    <message>
        <source>the face is too small</source>
        <translation>yüz çok küçük</translation>
    </message>
    <message>
        <source>the face is cut off at the edge</source>
        <translation>yüz kenarda kesilmiş</translation>
    </message>
    <message>
        <source>too dark</source>
        <translation>çok karanlık</translation>
    </message>
    <message>
        <source>the light is behind the face</source>
        <translation>ışık yüzün arkasında</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>bulanık</translation>
    </message>
    <message>
        <source>the eyes are covered</source>
        <translation>gözler kapalı</translation>
    </message>
    <message>
        <source>looks away</source>
        <translation>başka yöne bakıyor</translation>
    </message>
    <message>
        <source>nearly the same as another one</source>
        <translation>bir başkasıyla neredeyse aynı</translation>
    </message>
    <message>
        <source>does not seem to show this person</source>
        <translation>bu kişiyi gösteriyor gibi görünmüyor</translation>
    </message>
    <message>
        <source>straight ahead</source>
        <translation>dosdoğru</translation>
    </message>
    <message>
        <source>turned left</source>
        <translation>sola dönük</translation>
    </message>
    <message>
        <source>turned right</source>
        <translation>sağa dönük</translation>
    </message>
    <message>
        <source>chin up</source>
        <translation>çene yukarıda</translation>
    </message>
    <message>
        <source>chin down</source>
        <translation>çene aşağıda</translation>
    </message>
</context>
<context>
    <name>HeadFigures</name>
    <message>
        <source>fps</source>
        <translation>kare/sn</translation>
    </message>
    <message>
        <source>ms a frame, p50</source>
        <translation>ms/kare, p50</translation>
    </message>
    <message>
        <source>ms a frame, p95</source>
        <translation>ms/kare, p95</translation>
    </message>
    <message>
        <source>dropped frames</source>
        <translation>atlanan kare</translation>
    </message>
    <message>
        <source>fps (paused)</source>
        <translation>kare/sn (durdu)</translation>
    </message>
</context>
<context>
    <name>HeadVersions</name>
    <message>
        <source>Train anew</source>
        <translation>Yeniden eğit</translation>
    </message>
    <message>
        <source>Nothing was learnt yet for this network.</source>
        <translation>Bu ağ için henüz bir şey öğrenilmedi.</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>kullanımda</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Bunu kullan</translation>
    </message>
    <message>
        <source>{people} people, {pictures} pictures</source>
        <translation>{people} kişi, {pictures} resim</translation>
    </message>
    <message>
        <source>{share} rightly named</source>
        <translation>{share} doğru adlandırılan</translation>
    </message>
    <message>
        <source>{share} need a second look</source>
        <translation>{share} ikinci bakış ister</translation>
    </message>
    <message>
        <source>Went back. The other version stays on the list.</source>
        <translation>Geri dönüldü. Öteki sürüm listede kalır.</translation>
    </message>
    <message>
        <source>Trained: rightly named {before} → {after}.</source>
        <translation>Eğitildi: doğru adlandırılan {before} → {after}.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Geri</translation>
    </message>
    <message>
        <source>What recognition has learnt</source>
        <translation>Tanımanın öğrendikleri</translation>
    </message>
    <message>
        <source>Each enrolment, deletion and correction makes a new version; the last five are kept.</source>
        <translation>Her kayıt, silme ve düzeltme yeni bir sürüm yapar; son beşi saklanır.</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Good: will be recognised at once.</source>
        <translation>İyi: hemen tanınır.</translation>
    </message>
    <message>
        <source>Fair: more poses or better light would help.</source>
        <translation>Orta: daha çok poz ya da daha iyi ışık yararlı olur.</translation>
    </message>
    <message>
        <source>Weak: easily taken for a stranger. Better take them again.</source>
        <translation>Zayıf: kolayca yabancı sanılır. Yeniden çekmek daha iyi.</translation>
    </message>
    <message>
        <source>Would help: {poses}.</source>
        <translation>Yararlı olur: {poses}.</translation>
    </message>
    <message>
        <source>Most alike of those enrolled: {name} ({likeness}).</source>
        <translation>Kayıtlılar içinde en çok benzeyen: {name} ({likeness}).</translation>
    </message>
</context>
<context>
    <name>KioskLock</name>
    <message>
        <source>This screen is a kiosk</source>
        <translation>Bu ekran kiosk kipinde</translation>
    </message>
    <message>
        <source>To leave it, hold a finger or the mouse for 5 seconds in the top right corner.</source>
        <translation>Çıkmak için sağ üst köşede parmağınızı ya da fareyi 5 saniye basılı tutun.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Geri</translation>
    </message>
    <message>
        <source>PIN to leave the kiosk</source>
        <translation>Kiosktan çıkış PIN’i</translation>
    </message>
    <message>
        <source>This is not the PIN.</source>
        <translation>PIN yanlış.</translation>
    </message>
    <message numerus="yes">
        <source>Wrong PIN. Wait %n second(s).</source>
        <translation>
            <numerusform>PIN yanlış. %n saniye bekleyin.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message>
        <source>known</source>
        <translation>tanınıyor</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>emin değil</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>bilinmiyor</translation>
    </message>
    <message>
        <source>person</source>
        <translation>kişi</translation>
    </message>
    <message>
        <source>age</source>
        <translation>yaş</translation>
    </message>
    <message>
        <source>ethnicity</source>
        <translation>etnik köken</translation>
    </message>
    <message>
        <source>young</source>
        <translation>genç</translation>
    </message>
    <message>
        <source>adult</source>
        <translation>yetişkin</translation>
    </message>
    <message>
        <source>old</source>
        <translation>yaşlı</translation>
    </message>
    <message>
        <source>asian</source>
        <translation>Asyalı</translation>
    </message>
    <message>
        <source>white</source>
        <translation>beyaz</translation>
    </message>
    <message>
        <source>black</source>
        <translation>siyah</translation>
    </message>
    <message>
        <source>other</source>
        <translation>diğer</translation>
    </message>
    <message>
        <source>Find faces</source>
        <translation>Yüz bul</translation>
    </message>
    <message>
        <source>Follow faces</source>
        <translation>Yüz izle</translation>
    </message>
    <message>
        <source>Straighten</source>
        <translation>Hizala</translation>
    </message>
    <message>
        <source>Look at face</source>
        <translation>Yüze bak</translation>
    </message>
    <message>
        <source>Identify</source>
        <translation>Kimliği bul</translation>
    </message>
    <message>
        <source>Track</source>
        <translation>Takip et</translation>
    </message>
    <message>
        <source>telling people apart</source>
        <translation>kişileri ayırt etme</translation>
    </message>
</context>
<context>
    <name>ListConsentStep</name>
    <message>
        <source>Have they all agreed?</source>
        <translation>Hepsi kabul etti mi?</translation>
    </message>
    <message>
        <source>Yes, they have agreed</source>
        <translation>Evet, kabul ettiler</translation>
    </message>
    <message numerus="yes">
        <source>%n people on the list</source>
        <translation>
            <numerusform>Listede %n kişi</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{names} and %n more</source>
        <translation>
            <numerusform>{names} ve %n kişi daha</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListReportStep</name>
    <message>
        <source>The list is done</source>
        <translation>Liste tamamlandı</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Tamam</translation>
    </message>
    <message>
        <source>The list was stopped</source>
        <translation>Liste durduruldu</translation>
    </message>
    <message>
        <source>{enrolled} of {people} people were enrolled.</source>
        <translation>{people} kişiden {enrolled} kişi kaydedildi.</translation>
    </message>
    <message>
        <source>Whoever was finished stays enrolled; nothing is kept of {name}.</source>
        <translation>Biten kişiler kayıtlı kalır; {name} için hiçbir şey saklanmaz.</translation>
    </message>
    <message>
        <source>Whoever was finished stays enrolled.</source>
        <translation>Biten kişiler kayıtlı kalır.</translation>
    </message>
    <message numerus="yes">
        <source>The answers got worse for %n people enrolled before: look for mixed-up names.</source>
        <translation>
            <numerusform>Daha önce kaydedilen %n kişi daha az doğru tanınıyor: karışmış adlar olup olmadığına bakın.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{name}: enrolled with %n picture(s)</source>
        <translation>
            <numerusform>{name}: %n resimle kaydedildi</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}: not enrolled</source>
        <translation>{name}: kaydedilmedi</translation>
    </message>
    <message numerus="yes">
        <source>and %n more picture(s) refused</source>
        <translation>
            <numerusform>ve %n resim daha alınmadı</numerusform>
        </translation>
    </message>
    <message>
        <source>Looks like {name}, who is enrolled already ({likeness}).</source>
        <translation>Zaten kayıtlı olan {name} kişisine benziyor ({likeness}).</translation>
    </message>
    <message>
        <source>Easily mistaken for: {names}.</source>
        <translation>Kolayca karıştırılır: {names}.</translation>
    </message>
    <message>
        <source>Tap somebody to see what is kept of them, or to enrol who was not.</source>
        <translation>Neyin saklandığını görmek ya da kaydedilmeyeni kaydetmek için kişiye dokunun.</translation>
    </message>
</context>
<context>
    <name>ListWizard</name>
    <message>
        <source>List of people</source>
        <translation>Kişi listesi</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listeler</translation>
    </message>
    <message>
        <source>The list is done; the page People tells what became of everybody.</source>
        <translation>Liste tamamlandı; Kişiler sayfası herkesin durumunu gösterir.</translation>
    </message>
</context>
<context>
    <name>ListWorkStep</name>
    <message>
        <source>Enrolling the list</source>
        <translation>Liste kaydediliyor</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Durdur</translation>
    </message>
    <message>
        <source>Getting ready …</source>
        <translation>Hazırlanıyor …</translation>
    </message>
    <message>
        <source>Stopping leaves nothing of the person in work; whoever is finished by then stays enrolled.</source>
        <translation>Durdurulursa o an üzerinde çalışılan kişiden hiçbir şey kalmaz; o ana kadar bitenler kayıtlı kalır.</translation>
    </message>
    <message>
        <source>Meanwhile the other pages can be used.</source>
        <translation>Bu sırada öbür sayfalar kullanılabilir.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Durduruluyor …</translation>
    </message>
    <message>
        <source>{name}: {place} of {people}</source>
        <translation>{name}: {place} / {people}</translation>
    </message>
    <message>
        <source>Learning everybody …</source>
        <translation>Herkes öğreniliyor …</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) taken</source>
        <translation>
            <numerusform>%n resim alındı</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) refused</source>
        <translation>
            <numerusform>%n resim alınmadı</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>{page} – Facedesk</source>
        <translation>{page} – Facedesk</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Something in the program went wrong ({kind}).</source>
        <translation>Programda bir hata oluştu ({kind}).</translation>
    </message>
    <message>
        <source>It goes on; the log file says more.</source>
        <translation>Çalışmaya devam ediyor; ayrıntılar günlük dosyasında.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Bu iletiyi kapat</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Measure here</source>
        <translation>Burada ölç</translation>
    </message>
    <message>
        <source>No network is installed.</source>
        <translation>Kurulu bir ağ yok.</translation>
    </message>
    <message>
        <source>Reinstall Facedesk, then start again.</source>
        <translation>Facedesk’i yeniden kurup tekrar başlatın.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Ağ</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>Ölçülüyor …</translation>
    </message>
</context>
<context>
    <name>NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>Sayfalar</translation>
    </message>
</context>
<context>
    <name>NetworkRow</name>
    <message>
        <source>speed not measured here yet</source>
        <translation>hızı burada henüz ölçülmedi</translation>
    </message>
    <message>
        <source>loading …</source>
        <translation>yükleniyor …</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>kullanımda</translation>
    </message>
    <message>
        <source>did not load</source>
        <translation>yüklenemedi</translation>
    </message>
    <message>
        <source>{ms} ms a face here</source>
        <translation>burada yüz başına {ms} ms</translation>
    </message>
    <message>
        <source>{fps} fps, {mb} MB in use</source>
        <translation>{fps} kare/sn, {mb} MB bellek</translation>
    </message>
    <message>
        <source>its card states no accuracy</source>
        <translation>kartında doğruluk belirtilmemiş</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>{number} %</source>
        <translation>%{number}</translation>
    </message>
</context>
<context>
    <name>Overlay</name>
    <message>
        <source>perhaps {name}</source>
        <translation>belki {name}</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Emin değil</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Bilinmiyor</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Live</source>
        <translation>Canlı</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Hız</translation>
    </message>
    <message>
        <source>Networks</source>
        <translation>Ağlar</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ayarlar</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Hakkında</translation>
    </message>
    <message>
        <source>People were deleted, because the date agreed on has passed. Receipt {number}.</source>
        <translation>Kararlaştırılan tarih geçtiği için kişiler silindi. Belge {number}.</translation>
    </message>
    <message>
        <source>Saved as {path}.</source>
        <translation>{path} olarak kaydedildi.</translation>
    </message>
    <message>
        <source>Enrol</source>
        <translation>Kaydet</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Kişiler</translation>
    </message>
    <message>
        <source>Deleted, because the date agreed on has passed: {names}. Receipt {number}.</source>
        <translation>Kararlaştırılan tarih geçtiği için silindi: {names}. Belge {number}.</translation>
    </message>
</context>
<context>
    <name>Parts</name>
    <message>
        <source>Apache-2.0; its wheels bring FFmpeg, LGPL-2.1</source>
        <translation>Apache-2.0; paketleriyle FFmpeg de gelir, LGPL-2.1</translation>
    </message>
    <message>
        <source>weights: MIT, of the mtcnn package and of facenet; see NOTICE</source>
        <translation>ağırlıklar: MIT, mtcnn paketinden ve facenet&apos;ten; NOTICE dosyasına bakın</translation>
    </message>
</context>
<context>
    <name>PassphraseFields</name>
    <message>
        <source>Passphrase</source>
        <translation>Parola</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Bir kez daha</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Göster</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>İkisi aynı değil.</translation>
    </message>
</context>
<context>
    <name>PeopleButtons</name>
    <message>
        <source>Enrol somebody</source>
        <translation>Birini kaydet</translation>
    </message>
    <message>
        <source>Enrol a list …</source>
        <translation>Liste kaydet …</translation>
    </message>
    <message>
        <source>Versions …</source>
        <translation>Sürümler …</translation>
    </message>
    <message>
        <source>Back up …</source>
        <translation>Yedekle …</translation>
    </message>
    <message>
        <source>Restore …</source>
        <translation>Geri yükle …</translation>
    </message>
    <message>
        <source>A CSV file with the columns name, files and, if wanted, id; between files stands ;</source>
        <translation>name, files ve istenirse id sütunları olan bir CSV dosyası; dosyaların arasına ; konur</translation>
    </message>
</context>
<context>
    <name>PeopleDesk</name>
    <message>
        <source>Learning faces</source>
        <translation>Yüzler öğreniliyor</translation>
    </message>
    <message>
        <source>Learning everybody for this network</source>
        <translation>Bu ağ için herkes öğreniliyor</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message numerus="yes">
        <source>%n people enrolled</source>
        <translation>
            <numerusform>%n kişi kayıtlı</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody of that name or ID.</source>
        <translation>Bu adda ya da kimlikte kimse yok.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s), until {date}</source>
        <translation>
            <numerusform>%n resim, {date} tarihine kadar</numerusform>
        </translation>
    </message>
    <message>
        <source>Search by name or ID …</source>
        <translation>Ad ya da kimlik no ile ara …</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet.</source>
        <translation>Henüz kimse kayıtlı değil.</translation>
    </message>
    <message>
        <source>Tap somebody to see what is kept of them.</source>
        <translation>Neyin saklandığını görmek için birine dokunun.</translation>
    </message>
</context>
<context>
    <name>PerformanceChart</name>
    <message>
        <source>Frames looked at per second</source>
        <translation>Saniyede bakılan kare</translation>
    </message>
    <message>
        <source>Milliseconds a frame, by step, last 60 s</source>
        <translation>Kare başına ms, adım adım, son 60 sn</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Duraklat</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Sürdür</translation>
    </message>
    <message>
        <source>The file {name} cannot be written: {reason}.</source>
        <translation>{name} dosyası yazılamıyor: {reason}.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Başka bir klasör seçin.</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tablolar (*.csv)</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Resimler (*.png)</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Kaydet</translation>
    </message>
    <message>
        <source>Save the last minute as a table</source>
        <translation>Son dakikayı tablo olarak kaydet</translation>
    </message>
    <message>
        <source>Save the charts as a picture</source>
        <translation>Çizelgeleri resim olarak kaydet</translation>
    </message>
</context>
<context>
    <name>PersonCorrections</name>
    <message>
        <source>Take the last one back</source>
        <translation>Sonuncuyu geri al</translation>
    </message>
    <message numerus="yes">
        <source>%n correction(s) from the live picture</source>
        <translation>
            <numerusform>Canlı görüntüden %n düzeltme</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonView</name>
    <message>
        <source>More pictures</source>
        <translation>Daha çok resim</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Adını değiştir …</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Dışa aktar …</translation>
    </message>
    <message>
        <source>Delete …</source>
        <translation>Sil …</translation>
    </message>
    <message>
        <source>Delete everything</source>
        <translation>Her şeyi sil</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Sakla</translation>
    </message>
    <message>
        <source>Agreed on {date}: “{text}”</source>
        <translation>{date} günü kabul etti: “{text}”</translation>
    </message>
    <message>
        <source>Not known to the version in use: choose another one or train anew, at Versions …</source>
        <translation>Kullanılan sürüm tanımıyor: başka birini seçin veya yeniden eğitin, bkz. Sürümler …</translation>
    </message>
    <message>
        <source>ID: {id}</source>
        <translation>Kimlik no: {id}</translation>
    </message>
    <message>
        <source>Enrolled on {date}</source>
        <translation>Kayıt günü: {date}</translation>
    </message>
    <message>
        <source>Kept until {date}</source>
        <translation>{date} gününe kadar saklanır</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n resim</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s) “not me”</source>
        <translation>
            <numerusform>%n kez “ben değilim”</numerusform>
        </translation>
    </message>
    <message>
        <source>Easily mistaken for one another: the desk asks when in doubt.</source>
        <translation>Birbirleriyle kolayca karıştırılırlar: masa emin olmayınca sorar.</translation>
    </message>
    <message>
        <source>Not known to the network in use yet: it is being learnt.</source>
        <translation>Kullanılan ağ henüz tanımıyor: öğreniliyor.</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) seem to show somebody else: have a look.</source>
        <translation>
            <numerusform>%n resim başka birini gösteriyor gibi: bir bakın.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody else is enrolled who could be mistaken for this person.</source>
        <translation>Bu kişiyle karıştırılabilecek başka kayıtlı yok.</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n picture(s)</source>
        <translation>
            <numerusform>%n resmi sil</numerusform>
        </translation>
    </message>
    <message>
        <source>Where to put the copy</source>
        <translation>Kopyanın konacağı yer</translation>
    </message>
    <message>
        <source>Copied to {path}. It is not encrypted there.</source>
        <translation>{path} konumuna kopyalandı. Orada şifreli değil.</translation>
    </message>
    <message>
        <source>Delete everything kept of {name}? This cannot be undone.</source>
        <translation>{name} ile ilgili her şey silinsin mi? Bu geri alınamaz.</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Geri</translation>
    </message>
</context>
<context>
    <name>PinDialog</name>
    <message>
        <source>Kiosk PIN</source>
        <translation>Kiosk PIN’i</translation>
    </message>
    <message>
        <source>The PIN in force</source>
        <translation>Şu anki PIN</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Yeni PIN</translation>
    </message>
    <message>
        <source>4 to 8 digits</source>
        <translation>4 ile 8 rakam arası</translation>
    </message>
    <message>
        <source>New PIN, once more</source>
        <translation>Yeni PIN, bir kez daha</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>İkisi aynı değil.</translation>
    </message>
    <message>
        <source>This is not the PIN.</source>
        <translation>PIN yanlış.</translation>
    </message>
    <message numerus="yes">
        <source>Wait %n second(s).</source>
        <translation>
            <numerusform>%n saniye bekleyin.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>Delete the last digit</source>
        <translation>Son rakamı sil</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>Tamam</translation>
    </message>
</context>
<context>
    <name>ReceiptView</name>
    <message>
        <source>Done</source>
        <translation>Bitti</translation>
    </message>
    <message>
        <source>Save the receipt …</source>
        <translation>Belgeyi kaydet …</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Silindi</translation>
    </message>
    <message>
        <source>as asked</source>
        <translation>istendiği için</translation>
    </message>
    <message>
        <source>the retention date has passed</source>
        <translation>saklama süresi doldu</translation>
    </message>
    <message>
        <source>Receipt {number}, {when}</source>
        <translation>Belge {number}, {when}</translation>
    </message>
    <message>
        <source>Deleted: {names} ({why})</source>
        <translation>Silinen: {names} ({why})</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s) with what was computed from them, and all consents.</source>
        <translation>
            <numerusform>%n resim, onlardan hesaplananlar ve bütün onaylar.</numerusform>
        </translation>
    </message>
    <message>
        <source>Recognition by {networks} was deleted; make it anew: facedesk retrain.</source>
        <translation>{networks} ile tanıma silindi; yeniden oluşturun: facedesk retrain.</translation>
    </message>
    <message>
        <source>Recognition was trained anew without them.</source>
        <translation>Tanıma onlarsız yeniden eğitildi.</translation>
    </message>
    <message>
        <source>Another program uses the database: the next start overwrites the last traces.</source>
        <translation>Veritabanını başka bir program kullanıyor: son izlerin üzerine sonraki açılışta yazılır.</translation>
    </message>
    <message>
        <source>Still there, delete it yourself: {path}</source>
        <translation>Hâlâ duruyor, kendiniz silin: {path}</translation>
    </message>
    <message>
        <source>Backups made earlier still hold them; restoring one here leaves them out.</source>
        <translation>Daha önceki yedeklerde hâlâ varlar; burada geri yüklenince dışarıda kalırlar.</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>Belgeyi kaydet</translation>
    </message>
</context>
<context>
    <name>RenameCard</name>
    <message>
        <source>Keep the name</source>
        <translation>Adı değiştirme</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Adını değiştir</translation>
    </message>
    <message>
        <source>Easily mistaken for: {names}.</source>
        <translation>Kolayca karıştırılır: {names}.</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Yeni ad</translation>
    </message>
</context>
<context>
    <name>RestoreView</name>
    <message>
        <source>Restore a backup</source>
        <translation>Yedeği geri yükle</translation>
    </message>
    <message>
        <source>Other file …</source>
        <translation>Başka dosya …</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Geri yükle</translation>
    </message>
    <message>
        <source>The passphrase with which the backup was made.</source>
        <translation>Yedeğin yapıldığı parola.</translation>
    </message>
    <message>
        <source>Replace everything</source>
        <translation>Her şeyi değiştir</translation>
    </message>
    <message>
        <source>Keep what is here</source>
        <translation>Buradakileri koru</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Yedekler</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Tüm dosyalar</translation>
    </message>
    <message>
        <source>Backup to restore</source>
        <translation>Geri yüklenecek yedek</translation>
    </message>
    <message numerus="yes">
        <source>Replace the %n people enrolled here by those of the backup?</source>
        <translation>
            <numerusform>Burada kayıtlı %n kişinin yerine yedektekiler mi konsun?</numerusform>
        </translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>Bu geri alınamaz.</translation>
    </message>
    <message>
        <source>Restoring …</source>
        <translation>Geri yükleniyor …</translation>
    </message>
    <message numerus="yes">
        <source>%n people restored.</source>
        <translation>
            <numerusform>%n kişi geri yüklendi.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeenSheet</name>
    <message>
        <source>Seen in the last minutes</source>
        <translation>Son dakikalarda görülenler</translation>
    </message>
    <message>
        <source>Nobody was seen lately.</source>
        <translation>Son zamanlarda kimse görülmedi.</translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n dk önce</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>az önce</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Kapat</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Look at</source>
        <translation>Kaynak</translation>
    </message>
    <message>
        <source>Look for cameras again</source>
        <translation>Kameraları yeniden ara</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Çözünürlük</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>Saniyede kare</translation>
    </message>
    <message>
        <source>Asked of a camera; it may give the nearest that it has.</source>
        <translation>Kameradan istenir; kamera kendinde olan en yakın değeri verebilir.</translation>
    </message>
    <message>
        <source>Show a camera&apos;s picture as in a mirror</source>
        <translation>Kamera görüntüsünü aynadaki gibi göster</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Ağ</translation>
    </message>
    <message>
        <source>Find faces</source>
        <translation>Yüz bul</translation>
    </message>
    <message>
        <source>The farther it looks, the more work each picture is.</source>
        <translation>Ne kadar uzağa bakarsa her kare o kadar çok iş demektir.</translation>
    </message>
    <message>
        <source>Show age group and ethnicity</source>
        <translation>Yaş grubunu ve etnik kökeni göster</translation>
    </message>
    <message>
        <source>Attendance desk</source>
        <translation>Yoklama masası</translation>
    </message>
    <message>
        <source>Trying it out</source>
        <translation>Deneme</translation>
    </message>
    <message>
        <source>Event demo</source>
        <translation>Etkinlik gösterisi</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>Kullanım amacı</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Sistemdeki gibi</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Açık</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Koyu</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Kaldır</translation>
    </message>
    <message>
        <source>Kiosk PIN</source>
        <translation>Kiosk PIN’i</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Aç</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Yolu kopyala</translation>
    </message>
    <message>
        <source>Everything that Facedesk keeps lies here, on this machine.</source>
        <translation>Facedesk’in sakladığı her şey burada, bu makinededir.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ayarlar</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Görünüm</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Dil</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Görüntü</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>Tanıma</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Program</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Veri klasörü</translation>
    </message>
    <message>
        <source>up to about {metres} m away ({pixels} px)</source>
        <translation>yaklaşık {metres} m uzağa kadar ({pixels} px)</translation>
    </message>
    <message>
        <source>A guess for demonstrations and research, shown and never stored. In the EU, sorting people by ethnicity from their faces is forbidden or restricted (AI Act, Article 5(1)(g)).</source>
        <translation>Gösteri ve araştırma için bir tahmindir; gösterilir, asla saklanmaz. AB’de insanları yüzlerinden etnik kökene göre ayırmak yasaktır ya da kısıtlıdır (Yapay Zekâ Yasası, madde 5(1)(g)).</translation>
    </message>
    <message>
        <source>Always off at an attendance desk: the EU&apos;s AI Act, Article 5(1)(g), stands against it.</source>
        <translation>Yoklama masasında hep kapalıdır: AB Yapay Zekâ Yasası’nın 5(1)(g) maddesi buna karşıdır.</translation>
    </message>
    <message>
        <source>Change PIN …</source>
        <translation>PIN’i değiştir …</translation>
    </message>
    <message>
        <source>Set a PIN …</source>
        <translation>PIN belirle …</translation>
    </message>
    <message>
        <source>Leaving the full screen of the kiosk asks for this PIN.</source>
        <translation>Kioskun tam ekranından çıkarken bu PIN sorulur.</translation>
    </message>
    <message>
        <source>Without a PIN, a finger held for 5 seconds in the top right corner leaves the kiosk.</source>
        <translation>PIN yoksa sağ üst köşede 5 saniye basılı tutulan parmak kiosktan çıkarır.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopyalandı</translation>
    </message>
</context>
<context>
    <name>SourceField</name>
    <message>
        <source>Use</source>
        <translation>Kullan</translation>
    </message>
    <message>
        <source>Video or picture file …</source>
        <translation>Video ya da resim dosyası …</translation>
    </message>
    <message>
        <source>Folder of pictures …</source>
        <translation>Resim klasörü …</translation>
    </message>
    <message>
        <source>Network stream …</source>
        <translation>Ağ yayını …</translation>
    </message>
    <message>
        <source>Demo clip (needs no camera)</source>
        <translation>Tanıtım klibi (kamera gerekmez)</translation>
    </message>
    <message>
        <source>Folder of pictures</source>
        <translation>Resim klasörü</translation>
    </message>
    <message>
        <source>Videos and pictures ({kinds})</source>
        <translation>Videolar ve resimler ({kinds})</translation>
    </message>
    <message>
        <source>Video or picture file</source>
        <translation>Video ya da resim dosyası</translation>
    </message>
    <message>
        <source>An address starts with rtsp:// or http://.</source>
        <translation>Adres rtsp:// ya da http:// ile başlar.</translation>
    </message>
</context>
<context>
    <name>Sources</name>
    <message>
        <source>Demo clip</source>
        <translation>Tanıtım klibi</translation>
    </message>
    <message>
        <source>Raspberry Pi camera</source>
        <translation>Raspberry Pi kamerası</translation>
    </message>
    <message>
        <source>Camera {number}</source>
        <translation>Kamera {number}</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Böyle bir dosya ya da klasör yok</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>İzin yok</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Bu bir klasör</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Okuma/yazma hatası</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Diskte yer kalmadı</translation>
    </message>
    <message>
        <source>it is no file</source>
        <translation>bu bir dosya değil</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Salt okunur dosya sistemi</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dosya adı çok uzun</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Klasör değil</translation>
    </message>
</context>
<context>
    <name>StageTable</name>
    <message>
        <source>Step</source>
        <translation>Adım</translation>
    </message>
    <message>
        <source>p50 ms</source>
        <translation>p50 ms</translation>
    </message>
    <message>
        <source>p95 ms</source>
        <translation>p95 ms</translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message>
        <source>age and ethnicity are estimated</source>
        <translation>yaş ve etnik köken tahmin ediliyor</translation>
    </message>
    <message>
        <source>1 face</source>
        <translation>1 yüz</translation>
    </message>
    <message>
        <source>{answers} of {pictures} fps</source>
        <translation>{answers} / {pictures} kare/sn</translation>
    </message>
    <message>
        <source>Networks beside the picture</source>
        <translation>Ağlar görüntünün yanında</translation>
    </message>
    <message>
        <source>{number} faces</source>
        <translation>{number} yüz</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>Next</source>
        <translation>İleri</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Geri</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Vazgeç</translation>
    </message>
</context>
<context>
    <name>Strictness</name>
    <message>
        <source>How strict</source>
        <translation>Ne kadar katı</translation>
    </message>
    <message>
        <source>Very lenient</source>
        <translation>Çok hoşgörülü</translation>
    </message>
    <message>
        <source>Lenient</source>
        <translation>Hoşgörülü</translation>
    </message>
    <message>
        <source>Rather lenient</source>
        <translation>Oldukça hoşgörülü</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Dengeli</translation>
    </message>
    <message>
        <source>Strict</source>
        <translation>Katı</translation>
    </message>
    <message>
        <source>Very strict</source>
        <translation>Çok katı</translation>
    </message>
    <message>
        <source>1 stranger in {count} is taken for somebody.</source>
        <translation>{count} yabancıdan 1’i başka biri sanılır.</translation>
    </message>
    <message>
        <source>How often the enrolled need a second look is estimated once somebody is enrolled.</source>
        <translation>Kayıtlıların ne sıklıkla ikinci bakış istediği, biri kaydedilince tahmin edilir.</translation>
    </message>
    <message numerus="yes">
        <source>Of 100 visits, about {count} need a second look (estimated from %n picture(s)).</source>
        <translation>
            <numerusform>100 ziyaretten yaklaşık {count} kadarı ikinci bakış ister (%n resimden tahmin).</numerusform>
        </translation>
    </message>
    <message>
        <source>How strict: {word}</source>
        <translation>Ne kadar katı: {word}</translation>
    </message>
    <message numerus="yes">
        <source>Of 100 visits, fewer than {count} need a second look (none of %n picture(s)).</source>
        <translation>
            <numerusform>100 ziyaretten {count} kadarından azı ikinci bakış ister (%n resimden hiçbiri).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SwitchReport</name>
    <message>
        <source>ms a frame</source>
        <translation>kare başına ms</translation>
    </message>
    <message>
        <source>frames per second</source>
        <translation>saniyede kare</translation>
    </message>
    <message>
        <source>MB in use</source>
        <translation>bellek, MB</translation>
    </message>
    <message>
        <source>{before} → {after}</source>
        <translation>{before} → {after}</translation>
    </message>
    <message>
        <source>ms to look at faces</source>
        <translation>yüze bakış, ms</translation>
    </message>
</context>
<context>
    <name>TouchKeyboard</name>
    <message>
        <source>Keyboard</source>
        <translation>Klavye</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Boşluk</translation>
    </message>
    <message>
        <source>Capital letters</source>
        <translation>Büyük harfler</translation>
    </message>
    <message>
        <source>Delete backwards</source>
        <translation>Geri sil</translation>
    </message>
    <message>
        <source>Letters of another language</source>
        <translation>Başka bir dilin harfleri</translation>
    </message>
    <message>
        <source>Digits and signs</source>
        <translation>Rakamlar ve imler</translation>
    </message>
</context>
<context>
    <name>TrainStep</name>
    <message>
        <source>Learning your face</source>
        <translation>Yüzünüz öğreniliyor</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Enrol all the same</source>
        <translation>Yine de kaydet</translation>
    </message>
    <message>
        <source>Learning …</source>
        <translation>Öğreniliyor …</translation>
    </message>
    <message>
        <source>Looking at everybody&apos;s pictures …</source>
        <translation>Herkesin resimlerine bakılıyor …</translation>
    </message>
    <message>
        <source>Comparing with strangers …</source>
        <translation>Yabancılarla karşılaştırılıyor …</translation>
    </message>
    <message>
        <source>Keeping it, encrypted …</source>
        <translation>Şifreli olarak saklanıyor …</translation>
    </message>
    <message>
        <source>About {seconds} s left</source>
        <translation>Yaklaşık {seconds} sn kaldı</translation>
    </message>
    <message>
        <source>Everything is as it was before.</source>
        <translation>Her şey önceki gibi.</translation>
    </message>
</context>
<context>
    <name>TrainingCurve</name>
    <message>
        <source>Loss</source>
        <translation>Kayıp</translation>
    </message>
    <message>
        <source>Rightly named</source>
        <translation>Doğru adlandırılan</translation>
    </message>
</context>
<context>
    <name>ViewNotice</name>
    <message>
        <source>The end.</source>
        <translation>Bitti.</translation>
    </message>
    <message>
        <source>Play again</source>
        <translation>Yeniden oynat</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Şimdi dene</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Yeniden dene</translation>
    </message>
    <message>
        <source>Opening the camera…</source>
        <translation>Kamera açılıyor…</translation>
    </message>
    <message>
        <source>Opening the stream…</source>
        <translation>Yayın açılıyor…</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Açılıyor…</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Görüntü yok.</translation>
    </message>
    <message>
        <source>Trying to reach it again…</source>
        <translation>Yeniden ulaşılmaya çalışılıyor…</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>Çalışıyor</translation>
    </message>
</context>
<context>
    <name>WhoStep</name>
    <message>
        <source>Who are you?</source>
        <translation>Kimsiniz?</translation>
    </message>
    <message>
        <source>First and last name</source>
        <translation>Ad ve soyad</translation>
    </message>
    <message>
        <source>Personnel number …</source>
        <translation>Sicil numarası …</translation>
    </message>
    <message>
        <source>Add pictures to this person</source>
        <translation>Bu kişiye resim ekle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Ad</translation>
    </message>
    <message>
        <source>ID (optional)</source>
        <translation>Kimlik no (isteğe bağlı)</translation>
    </message>
    <message>
        <source>{name} is enrolled already. Somebody else needs an ID of their own.</source>
        <translation>{name} zaten kayıtlı. Başka birinin kendi kimlik numarası olmalı.</translation>
    </message>
    <message>
        <source>Easily mistaken for: {names}. Check the spelling, or give an ID.</source>
        <translation>Kolayca karıştırılabilir: {names}. Yazımı denetleyin ya da bir kimlik numarası verin.</translation>
    </message>
</context>
<context>
    <name>WizardFrame</name>
    <message>
        <source>Step {number} of {steps}</source>
        <translation>Adım {number} / {steps}</translation>
    </message>
</context>
<context>
    <name>WorseHead</name>
    <message>
        <source>Look for mixed-up names and pictures on the page People.</source>
        <translation>Kişiler sayfasında karışmış ad ya da resim olup olmadığına bakın.</translation>
    </message>
    <message>
        <source>Use it all the same</source>
        <translation>Yine de kullan</translation>
    </message>
</context>
</TS>
